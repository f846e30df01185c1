import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { KeyPepper, Mutations, RecordSealer, ScopedDatabase } from '#libs/tenancy';
import { AccessGuard } from './access.guard.js';
import { BearerStrategy } from './bearer.strategy.js';
import { Sessions, builtInIssuer } from './built-in/sessions.js';
import { SigningKeys } from './built-in/signing-keys.js';
import { JwtStrategy } from './jwt.strategy.js';
import type { OidcIssuer } from './oidc/issuer-settings.js';
import { JwtVerifier } from './oidc/jwt-verifier.js';
import { RemoteKeySet } from './oidc/remote-key-set.js';
import { OperatorToken } from './operator-token.js';
import { Invitations } from './people/invitations.js';
import { Members } from './people/members.js';
import { People } from './people/people.js';
import { ScopeInterceptor } from './scope.interceptor.js';
import { ServiceTokens } from './service-tokens.js';

/** Whom to believe. */
export interface AuthSettings {
  /** The operator's bootstrap token. */
  readonly operatorToken: string;
  /** Foreign issuers. */
  readonly issuers: readonly OidcIssuer[];
  /** `iss` of the built-in issuer: the API's public address. */
  readonly builtInIssuer: string;
  /** False: its sign-in is closed and its tokens are refused. */
  readonly isBuiltInOpen: boolean;
}

/** True while people may sign in with the built-in issuer. */
export const BUILT_IN_OPEN = Symbol('built-in issuer open');

const HOUR_MS = 3_600_000;
const SERVICES = [ServiceTokens, Members, Invitations];

/** Authentication for an API: the guard stands before every route. Needs `TenancyModule`. */
@Module({})
export class AuthModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(Sessions) private readonly sessions: Sessions) {}

  static forRoot(settings: AuthSettings): DynamicModule {
    const foreign = settings.issuers.map((issuer) => ({
      settings: issuer,
      keys: new RemoteKeySet({ issuer: issuer.issuer }),
    }));
    return {
      module: AuthModule,
      global: true,
      imports: [PassportModule.register({ session: false })],
      providers: [
        { provide: OperatorToken, useValue: new OperatorToken(settings.operatorToken) },
        { provide: BUILT_IN_OPEN, useValue: settings.isBuiltInOpen },
        {
          provide: SigningKeys,
          inject: [ScopedDatabase, Mutations, RecordSealer],
          useFactory: (database: ScopedDatabase, mutations: Mutations, sealer: RecordSealer) =>
            new SigningKeys(database, mutations, sealer),
        },
        {
          provide: Sessions,
          inject: [ScopedDatabase, Mutations, KeyPepper, SigningKeys, OperatorToken],
          useFactory: (
            database: ScopedDatabase,
            mutations: Mutations,
            pepper: KeyPepper,
            keys: SigningKeys,
            operator: OperatorToken,
          ) => new Sessions(database, mutations, pepper, keys, operator, settings.builtInIssuer),
        },
        {
          provide: JwtVerifier,
          inject: [SigningKeys],
          useFactory: (keys: SigningKeys) => {
            const builtIn = { settings: builtInIssuer(settings.builtInIssuer), keys };
            return new JwtVerifier(settings.isBuiltInOpen ? [...foreign, builtIn] : foreign);
          },
        },
        {
          provide: People,
          inject: [ScopedDatabase],
          useFactory: (database: ScopedDatabase) => new People(database),
        },
        ...SERVICES,
        BearerStrategy,
        JwtStrategy,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: ScopeInterceptor },
      ],
      exports: [...SERVICES, People, Sessions, SigningKeys, BUILT_IN_OPEN],
    };
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sessions.forgetEnded().catch(() => undefined), HOUR_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}
