import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { BearerPassportStrategy } from './bearer.strategy.js';
import { Sessions } from './built-in/sessions.js';
import { JwtVerifier } from './oidc/jwt-verifier.js';
import { People } from './people/people.js';
import { type Principal, personPrincipal } from './principal.js';

/** `Authorization: Bearer` with a JWT of an allowed issuer, the built-in one included. */
@Injectable()
export class JwtStrategy extends PassportStrategy(BearerPassportStrategy, 'jwt') {
  /** See `BearerStrategy.registeredName`. */
  readonly registeredName = `jwt-${randomUUID()}`;

  constructor(
    private readonly verifier: JwtVerifier,
    private readonly people: People,
    private readonly sessions: Sessions,
  ) {
    super();
    passport.use(this.registeredName, this);
  }

  /** Called by passport with the token; null refuses it. @throws IssuerUnavailableError */
  async validate(token: string): Promise<Principal | null> {
    const proven = await this.verifier.prove(token);
    if (proven === null) return null;
    const { operatorRole, expiresAt } = proven;
    if (proven.issuer !== this.sessions.issuer) {
      return personPrincipal({ ...(await this.people.ofClaims(proven)), operatorRole, expiresAt });
    }
    const session = await this.sessions.standing(proven);
    if (session === null) return null;
    const known = await this.people.ofSession(session.userId, session.sessionId);
    if (known === null) return null;
    return personPrincipal({ ...known, operatorRole: session.isOperator ? 'operator' : null, expiresAt });
  }
}
