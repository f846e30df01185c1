export { Access, AccessGuard, type AccessRule, Caller } from './access.guard.js';
export { AuthModule } from './auth.module.js';
export { BearerStrategy } from './bearer.strategy.js';
export { OperatorToken } from './operator-token.js';
export { type Principal, SCOPES, type Scope, mayDo, maySee } from './principal.js';
export { ScopeInterceptor, scopeOf } from './scope.interceptor.js';
export { ServiceTokens, type ServiceTokenView } from './service-tokens.js';
