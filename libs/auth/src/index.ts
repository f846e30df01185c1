export { Access, AccessGuard, type AccessOf, type AccessRule, Caller } from './access.guard.js';
export { AuthModule, type AuthSettings, BUILT_IN_OPEN } from './auth.module.js';
export { BearerStrategy } from './bearer.strategy.js';
export { ACCESS_TTL_S, type SessionTokens, Sessions } from './built-in/sessions.js';
export { SigningKeys } from './built-in/signing-keys.js';
export { JwtStrategy } from './jwt.strategy.js';
export { IssuerUnavailableError } from './oidc/issuer-unavailable-error.js';
export { JWT_ALGORITHMS, type OidcIssuer, oidcIssuerSchema, oidcIssuersText } from './oidc/issuer-settings.js';
export { JwtVerifier, type ProvenToken, type TrustedIssuer } from './oidc/jwt-verifier.js';
export { type KeySource, RemoteKeySet, type RemoteKeySetOptions } from './oidc/remote-key-set.js';
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
export { type Invitation, Invitations } from './people/invitations.js';
export { type Member, Members } from './people/members.js';
export { BUILT_IN, type KnownPerson, People } from './people/people.js';
export { ScopeInterceptor, scopeOf } from './scope.interceptor.js';
export { ServiceTokens, type ServiceTokenView } from './service-tokens.js';
