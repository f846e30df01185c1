import { Logger } from '@nestjs/common';
import { type JWTPayload, errors, jwtVerify } from 'jose';
import type { OperatorRole } from '../permissions.js';
import type { OidcIssuer } from './issuer-settings.js';
import { readJwt } from './read-jwt.js';
import type { KeySource } from './remote-key-set.js';

/** What a proved token says of its bearer. */
export interface ProvenToken {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string | null;
  readonly isEmailVerified: boolean;
  readonly name: string | null;
  readonly operatorRole: OperatorRole | null;
  readonly expiresAt: Date;
  /** For claims that only one issuer's tokens have. */
  readonly claims: JWTPayload;
  readonly keyId: string | null;
}

/** An issuer and its keys. */
export interface TrustedIssuer {
  readonly settings: OidcIssuer;
  readonly keys: KeySource;
}

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,189}$/;

/** Proves tokens of the allowed issuers; every other token is nobody's. */
export class JwtVerifier {
  private readonly logger = new Logger('JwtVerifier');
  private readonly issuers: ReadonlyMap<string, TrustedIssuer>;

  constructor(
    issuers: readonly TrustedIssuer[],
    private readonly clock: () => Date = () => new Date(),
  ) {
    this.issuers = new Map(issuers.map((trusted) => [trusted.settings.issuer, trusted]));
  }

  /** Null for anything that is not proved. @throws IssuerUnavailableError when its issuer's keys cannot be had */
  async prove(token: string): Promise<ProvenToken | null> {
    const unproven = readJwt(token);
    if (unproven === null) return null;
    const trusted = this.issuers.get(unproven.issuer);
    if (trusted === undefined) return this.refuse('issuer');
    const { settings, keys } = trusted;
    const { alg, kid, typ } = unproven.header;
    if (!settings.algorithms.some((allowed) => allowed === alg)) return this.refuse('algorithm');
    if (!settings.types.some((allowed) => allowed === typeName(typ))) return this.refuse('type');
    const key = await keys.keyFor(unproven.header);
    if (key === null) return this.refuse('key');
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [...settings.algorithms],
        issuer: settings.issuer,
        audience: settings.audience,
        clockTolerance: settings.clockToleranceS,
        // Without `iat` a token's life could not be bounded.
        maxTokenAge: settings.lifetimeMaxS,
        requiredClaims: ['exp', 'iat', 'sub'],
        currentDate: this.clock(),
      });
      return this.proven(settings, payload, kid ?? null);
    } catch (error) {
      if (error instanceof errors.JOSEError) return this.refuse(error.code);
      // A key that does not fit its algorithm.
      if (error instanceof TypeError) return this.refuse('key-use');
      throw error;
    }
  }

  private proven(settings: OidcIssuer, payload: JWTPayload, keyId: string | null): ProvenToken | null {
    const { sub, exp = 0, iat = 0 } = payload;
    if (sub === undefined || sub.length === 0 || sub.length > 255) return this.refuse('subject');
    if (exp - iat > settings.lifetimeMaxS) return this.refuse('lifetime');
    const email = textClaim(payload, settings.claims.email)?.toLowerCase() ?? null;
    const verified = claimOf(payload, settings.claims.emailVerified);
    const person = {
      subject: sub,
      email: email !== null && EMAIL.test(email) ? email : null,
      isEmailVerified: verified === true || verified === 'true',
    };
    return {
      ...person,
      issuer: settings.issuer,
      name: textClaim(payload, settings.claims.name)?.slice(0, 200) ?? null,
      operatorRole: operatorRoleOf(settings, payload, person),
      expiresAt: new Date(exp * 1_000),
      claims: payload,
      keyId,
    };
  }

  /** The reason is for the operator who sets an issuer up; the bearer learns none. */
  private refuse(reason: string): null {
    this.logger.debug(`a token was refused: ${reason}`);
    return null;
  }
}

function typeName(typ: string | undefined): string {
  if (typ === undefined) return 'absent';
  const name = typ.toLowerCase().replace(/^application\//, '');
  return name === 'jwt' ? 'JWT' : name;
}

function operatorRoleOf(
  settings: OidcIssuer,
  payload: JWTPayload,
  person: { readonly subject: string; readonly email: string | null; readonly isEmailVerified: boolean },
): OperatorRole | null {
  const isOneOf = ({ subjects, emails, claim }: OidcIssuer['operators']): boolean => {
    if (subjects.includes(person.subject)) return true;
    if (person.isEmailVerified && person.email !== null && emails.includes(person.email)) return true;
    if (claim === undefined) return false;
    const held = [claimOf(payload, claim.name)].flat();
    return claim.values.some((value) => held.includes(value));
  };
  if (isOneOf(settings.operators)) return 'operator';
  return isOneOf(settings.support) ? 'support' : null;
}

/** A claim by its name, which may have dots, or by a path of names with dots between. */
function claimOf(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name.split('.').reduce<unknown>((value, part) => {
    const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, part);
    return isObject ? (value as Record<string, unknown>)[part] : undefined;
  }, payload);
}

function textClaim(payload: JWTPayload, name: string): string | null {
  const value = claimOf(payload, name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
