export { Access, AccessGuard, type AccessOf, type AccessRule, Caller } from './access.guard.js';
export { AuthModule } from './auth.module.js';
export { BearerStrategy } from './bearer.strategy.js';
export { OperatorToken } from './operator-token.js';
export {
  OPERATOR_ROLES,
  type OperatorRole,
  PERMISSIONS,
  type Permission,
  ROLES,
  type Role,
  TABLE,
  TENANT_ROLES,
  type TenantRole,
  includesAll,
  isPermission,
  permissionsOf,
  permissionsOfScopes,
} from './permissions.js';
export { NO_TENANT, type Person, type Principal, SCOPES, type Scope, mayDo, maySee, onPath } from './principal.js';
export { ScopeInterceptor, scopeOf } from './scope.interceptor.js';
export { ServiceTokens, type ServiceTokenView } from './service-tokens.js';
