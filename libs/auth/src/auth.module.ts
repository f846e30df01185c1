import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AccessGuard } from './access.guard.js';
import { BearerStrategy } from './bearer.strategy.js';
import { OperatorToken } from './operator-token.js';
import { ScopeInterceptor } from './scope.interceptor.js';
import { ServiceTokens } from './service-tokens.js';

/** Authentication for an API: the guard stands before every route. Needs `TenancyModule`. */
@Module({})
export class AuthModule {
  static forRoot(settings: { readonly operatorToken: string }): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports: [PassportModule.register({ session: false })],
      providers: [
        { provide: OperatorToken, useValue: new OperatorToken(settings.operatorToken) },
        ServiceTokens,
        BearerStrategy,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: ScopeInterceptor },
      ],
      exports: [ServiceTokens],
    };
  }
}
