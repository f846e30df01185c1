import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  KeyPepper,
  type MutationContext,
  Mutations,
  ScopedDatabase,
  issueKey,
  notFound,
  parseKey,
  runInScope,
  uuidV7,
} from '#libs/tenancy';
import type { EntityManager } from 'typeorm';
import type { OidcIssuer } from '../oidc/issuer-settings.js';
import type { ProvenToken } from '../oidc/jwt-verifier.js';
import { OperatorToken } from '../operator-token.js';
import { acceptInvitation } from '../people/invitations.js';
import { BUILT_IN, write } from '../people/people.js';
import { BUILT_IN_ALGORITHM, SigningKeys } from './signing-keys.js';

/** Life of an access token, seconds: short, so that a lost one is soon worth nothing. */
export const ACCESS_TTL_S = 600;
/** Life of a session, seconds; refreshing does not lengthen it. */
const SESSION_TTL_S = 30 * 86_400;
/** Life of a session with the operator's rights, seconds. */
const OPERATOR_SESSION_TTL_S = 12 * 3_600;
/** Life of a sign-in code, seconds. */
const CODE_TTL_S = 600;
/** `sub` of whoever signs in with the bootstrap token. */
const OPERATOR_SUBJECT = 'operator';

const SYSTEM = { kind: 'operator', actor: 'system:built-in-issuer' } as const;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a sign-in or a refresh gives. Both tokens are shown once. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly expiresInS: number;
  readonly refreshToken: string;
  /** End of the session. */
  readonly refreshExpiresAt: Date;
}

/** A session that stands. */
export interface StandingSession {
  readonly sessionId: string;
  readonly userId: string;
  /** Opened with the bootstrap token that is in force now. */
  readonly isOperator: boolean;
}

interface Opened {
  readonly sessionId: string;
  readonly subject: string;
  readonly expiresAt: Date;
  readonly refreshToken: string;
}

/** The trust settings of the built-in issuer. */
export function builtInIssuer(issuer: string): OidcIssuer {
  const nobody = { subjects: [], emails: [] };
  return {
    issuer,
    audience: issuer,
    algorithms: [BUILT_IN_ALGORITHM],
    types: ['at+jwt'],
    clockToleranceS: 5,
    lifetimeMaxS: ACCESS_TTL_S,
    claims: { email: 'email', emailVerified: 'email_verified', name: 'name' },
    operators: nobody,
    support: nobody,
  };
}

/**
 * The built-in issuer: sign-in without another identity provider. Access tokens are short-lived JWTs bound to a session; a refresh
 * token works once, and one that comes again ends its session, because one of its two bearers stole it.
 */
export class Sessions {
  constructor(
    private readonly database: ScopedDatabase,
    private readonly mutations: Mutations,
    private readonly pepper: KeyPepper,
    private readonly keys: SigningKeys,
    private readonly operator: OperatorToken,
    readonly issuer: string,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** Null for anything but the bootstrap token. */
  async signInOperator(token: string, requestId: string): Promise<SessionTokens | null> {
    if (!this.operator.matches(token)) return null;
    const claims = {
      issuer: BUILT_IN,
      subject: OPERATOR_SUBJECT,
      email: null,
      isEmailVerified: false,
      name: 'Operator',
    };
    return this.opening(requestId, async (manager) => {
      const { userId } = await write(manager, claims);
      return this.open(manager, userId, OPERATOR_SUBJECT, this.operator.fingerprint(this.pepper));
    });
  }

  /** Null for a code that is malformed, unknown, used or past its end. */
  async signInWithCode(code: string, requestId: string): Promise<SessionTokens | null> {
    if (parseKey(code, 'sc') === 'malformed') return null;
    return this.opening(requestId, async (manager) => {
      const [used] = await manager.query<Array<{ userId: string; subject: string }>>(
        `WITH used AS (
           UPDATE identity.sign_in_codes SET used_at = now()
            WHERE hash = $1 AND used_at IS NULL AND expires_at > now() RETURNING user_id
         )
         SELECT u.user_id AS "userId", u.subject FROM used JOIN identity.users u USING (user_id)`,
        [this.pepper.hash(code)],
      );
      return used === undefined ? null : this.open(manager, used.userId, used.subject, null);
    });
  }

  /**
   * Accepts an invitation as a new person. Always a new one: whoever else holds an invitation to the same address must not become
   * somebody who is known already.
   *
   * @throws TenancyError `not-found`, `invitation-unusable`
   */
  async signInWithInvitation(token: string, name: string | null, requestId: string): Promise<SessionTokens> {
    if (parseKey(token, 'iv') === 'malformed') throw notFound('invitation');
    const { keyId, privateKey } = await this.keys.current();
    const opened = await runInScope(SYSTEM, () =>
      this.mutations
        .run({ actor: SYSTEM.actor, requestId }, async (manager) => {
          const subject = randomUUID();
          let session: Opened | undefined;
          const { audit } = await acceptInvitation(manager, this.pepper.hash(token), async ({ email }) => {
            const claims = { issuer: BUILT_IN, subject, email, isEmailVerified: true, name };
            const person = await write(manager, claims);
            session = await this.open(manager, person.userId, subject, null);
            return person;
          });
          if (session === undefined) throw notFound('invitation');
          return { answer: session, audit };
        })
        .then(({ answer }) => answer),
    );
    return this.tokens(opened, keyId, privateKey);
  }

  /** Null for a token that is malformed, unknown, or of a session that ended. Using one twice ends its session. */
  async refresh(token: string, requestId: string): Promise<SessionTokens | null> {
    if (parseKey(token, 'rt') === 'malformed') return null;
    const { keyId, privateKey } = await this.keys.current();
    const found = await runInScope(SYSTEM, () =>
      this.database.transaction(async (manager): Promise<Opened | { readonly stolen: string } | null> => {
        const [row] = await manager.query<RefreshRow[]>(REFRESH_ROW, [this.pepper.hash(token)]);
        if (row === undefined || !this.stands(row)) return null;
        if (row.usedAt !== null) return { stolen: row.sessionId };
        await manager.query(`UPDATE identity.refresh_tokens SET used_at = now() WHERE hash = $1`, [
          this.pepper.hash(token),
        ]);
        return { ...row, refreshToken: await this.newRefreshToken(manager, row.sessionId) };
      }),
    );
    if (found === null) return null;
    if ('stolen' in found) {
      await this.end({ actor: SYSTEM.actor, requestId }, found.stolen, 'a refresh token came twice');
      return null;
    }
    return this.tokens(found, keyId, privateKey);
  }

  /** The session that a proved access token belongs to; null when it ended. */
  async standing(token: ProvenToken): Promise<StandingSession | null> {
    const sessionId = token.claims['sid'];
    if (typeof sessionId !== 'string' || !UUID.test(sessionId)) return null;
    const [row] = await runInScope(SYSTEM, () =>
      this.database.query<Array<SessionRow & { userId: string }>>(
        `SELECT s.session_id AS "sessionId", s.user_id AS "userId", s.operator_fingerprint AS fingerprint,
                s.expires_at AS "expiresAt", s.revoked_at AS "revokedAt", u.subject
           FROM identity.sessions s JOIN identity.users u USING (user_id) WHERE s.session_id = $1`,
        [sessionId],
      ),
    );
    if (row === undefined || !this.stands(row) || row.subject !== token.subject) return null;
    return { sessionId, userId: row.userId, isOperator: row.fingerprint !== null };
  }

  /** Ends a session and all its tokens; nothing happens to one that ended. */
  async end(context: MutationContext, sessionId: string, reason: string): Promise<{ readonly sessionId: string }> {
    const { answer } = await runInScope({ kind: 'operator', actor: context.actor }, () =>
      this.mutations.run(context, async (manager) => {
        await manager.query(
          `UPDATE identity.sessions SET revoked_at = now() WHERE session_id = $1 AND revoked_at IS NULL`,
          [sessionId],
        );
        return { answer: { sessionId }, audit: sessionAudit('session.end', sessionId, { reason }) };
      }),
    );
    return answer;
  }

  /**
   * A code that signs the person in once, within ten minutes. For people of the built-in issuer only: others sign in where they are
   * known.
   *
   * @throws TenancyError `not-found`
   */
  async createCode(
    context: MutationContext,
    userId: string,
  ): Promise<{ readonly code: string; readonly expiresAt: Date }> {
    const { answer } = await runInScope({ kind: 'operator', actor: context.actor }, () =>
      this.mutations.run(context, async (manager) => {
        const found = await manager.query<unknown[]>(
          `SELECT FROM identity.users WHERE user_id = $1 AND issuer = $2 AND subject <> $3`,
          [userId, BUILT_IN, OPERATOR_SUBJECT],
        );
        if (found.length === 0) throw notFound('person who signs in here');
        const { key } = issueKey(undefined, 'sc');
        const expiresAt = new Date(this.clock().getTime() + CODE_TTL_S * 1_000);
        await manager.query(`INSERT INTO identity.sign_in_codes (hash, user_id, expires_at) VALUES ($1, $2, $3)`, [
          this.pepper.hash(key),
          userId,
          expiresAt,
        ]);
        const audit = { ...sessionAudit('sign-in-code.create', userId, { expiresAt }), subjectType: 'user' };
        return { answer: { code: key, expiresAt }, audit };
      }),
    );
    return answer;
  }

  /** Drops sessions and codes that are of no use; a session is kept for a week after its end. */
  async forgetEnded(): Promise<void> {
    await runInScope(SYSTEM, () =>
      this.database.transaction(async (manager) => {
        await manager.query(
          `DELETE FROM identity.sessions WHERE LEAST(expires_at, revoked_at) < now() - interval '7 days'`,
        );
        await manager.query(`DELETE FROM identity.sign_in_codes WHERE expires_at < now()`);
      }),
    );
  }

  private async opening(
    requestId: string,
    work: (manager: EntityManager) => Promise<Opened | null>,
  ): Promise<SessionTokens | null> {
    const { keyId, privateKey } = await this.keys.current();
    try {
      const { answer } = await runInScope(SYSTEM, () =>
        this.mutations.run({ actor: SYSTEM.actor, requestId }, async (manager) => {
          const opened = await work(manager);
          if (opened === null) throw new Refused();
          const { sessionId, expiresAt, subject } = opened;
          return { answer: opened, audit: sessionAudit('session.create', sessionId, { subject, expiresAt }) };
        }),
      );
      return await this.tokens(answer, keyId, privateKey);
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }

  private async open(
    manager: EntityManager,
    userId: string,
    subject: string,
    fingerprint: Buffer | null,
  ): Promise<Opened> {
    const sessionId = uuidV7();
    const lifeS = fingerprint === null ? SESSION_TTL_S : OPERATOR_SESSION_TTL_S;
    const expiresAt = new Date(this.clock().getTime() + lifeS * 1_000);
    await manager.query(
      `INSERT INTO identity.sessions (session_id, user_id, operator_fingerprint, expires_at) VALUES ($1, $2, $3, $4)`,
      [sessionId, userId, fingerprint, expiresAt],
    );
    return { sessionId, subject, expiresAt, refreshToken: await this.newRefreshToken(manager, sessionId) };
  }

  private async newRefreshToken(manager: EntityManager, sessionId: string): Promise<string> {
    const { key } = issueKey(undefined, 'rt');
    await manager.query(`INSERT INTO identity.refresh_tokens (hash, session_id) VALUES ($1, $2)`, [
      this.pepper.hash(key),
      sessionId,
    ]);
    return key;
  }

  private stands({ expiresAt, revokedAt, fingerprint }: SessionRow): boolean {
    if (revokedAt !== null || expiresAt <= this.clock()) return false;
    return fingerprint === null || fingerprint.equals(this.operator.fingerprint(this.pepper));
  }

  private async tokens(
    opened: Opened,
    keyId: string,
    privateKey: Awaited<ReturnType<SigningKeys['current']>>['privateKey'],
  ): Promise<SessionTokens> {
    const nowS = Math.floor(this.clock().getTime() / 1_000);
    const accessToken = await new SignJWT({ sid: opened.sessionId })
      .setProtectedHeader({ alg: BUILT_IN_ALGORITHM, typ: 'at+jwt', kid: keyId })
      .setIssuer(this.issuer)
      .setAudience(this.issuer)
      .setSubject(opened.subject)
      .setJti(randomUUID())
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + ACCESS_TTL_S)
      .sign(privateKey);
    const { refreshToken, expiresAt } = opened;
    return { accessToken, expiresInS: ACCESS_TTL_S, refreshToken, refreshExpiresAt: expiresAt };
  }
}

interface SessionRow {
  readonly sessionId: string;
  readonly subject: string;
  readonly fingerprint: Buffer | null;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

interface RefreshRow extends SessionRow {
  readonly usedAt: Date | null;
}

/** The row is held, so that of two bearers of one token the second sees that it was used. */
const REFRESH_ROW = `
  SELECT s.session_id AS "sessionId", u.subject, s.operator_fingerprint AS fingerprint, s.expires_at AS "expiresAt",
         s.revoked_at AS "revokedAt", r.used_at AS "usedAt"
    FROM identity.refresh_tokens r
    JOIN identity.sessions s USING (session_id) JOIN identity.users u USING (user_id)
   WHERE r.hash = $1 FOR UPDATE OF r`;

/** Rolls a sign-in back that came to nothing. */
class Refused extends Error {
  override readonly name = 'Refused';
}

function sessionAudit(action: string, subjectId: string, after: object) {
  return { tenantId: null, action, subjectType: 'session', subjectId, before: null, after };
}
