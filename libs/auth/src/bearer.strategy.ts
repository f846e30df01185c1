import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Strategy } from 'passport-strategy';
import { TOKEN_LENGTH_MAX } from './oidc/read-jwt.js';
import { OperatorToken } from './operator-token.js';
import { type Principal, bootstrapOperator } from './principal.js';
import { ServiceTokens } from './service-tokens.js';

type Done = (error: unknown, principal?: unknown) => void;

/** Hands the token of `Authorization: Bearer` to `verify`; anything else in that header fails. */
export class BearerPassportStrategy extends Strategy {
  constructor(private readonly verify: (token: string, done: Done) => void) {
    super();
  }

  override authenticate(request: { headers: IncomingHttpHeaders }): void {
    const [scheme, token, ...rest] = request.headers.authorization?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0 || token.length > TOKEN_LENGTH_MAX) {
      return this.fail('Bearer', 401);
    }
    this.verify(token, (error, principal) => {
      if (error) return this.error(error as Error);
      return principal ? this.success(principal) : this.fail('Bearer', 401);
    });
  }
}

/** `Authorization: Bearer` with the operator's bootstrap token or a service token. */
@Injectable()
export class BearerStrategy extends PassportStrategy(BearerPassportStrategy, 'bearer') {
  /** passport's registry is one per process; under a name of its own, two applications in it do not share credentials. */
  readonly registeredName = `bearer-${randomUUID()}`;

  constructor(
    private readonly operator: OperatorToken,
    private readonly tokens: ServiceTokens,
  ) {
    super();
    passport.use(this.registeredName, this);
  }

  /** Called by passport with the token; null refuses it. */
  validate(token: string): Promise<Principal | null> {
    if (this.operator.matches(token)) return Promise.resolve(bootstrapOperator());
    return this.tokens.principalOf(token);
  }
}
