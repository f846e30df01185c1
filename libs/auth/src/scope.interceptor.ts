import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type DatabaseScope, runInScope } from '#libs/tenancy';
import { Observable } from 'rxjs';
import type { Principal } from './principal.js';

/**
 * Runs each handler in the database scope of its credential, so that row-level security holds whatever the handler asks.
 * A tenant's credential sees its tenant. An operator's sees the tenant that the path names, or all where it names none.
 */
@Injectable()
export class ScopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<{ user?: Principal; params?: Record<string, string> }>();
    const scope = scopeOf(request.user, request.params?.['tenantId']);
    return new Observable((subscriber) => runInScope(scope, () => next.handle().subscribe(subscriber)));
  }
}

/** The scope of a caller on a path. */
export function scopeOf(principal: Principal | undefined, pathTenantId: string | undefined): DatabaseScope {
  if (!principal) return { kind: 'nobody' };
  const tenantId = principal.tenantId ?? pathTenantId;
  return tenantId === undefined
    ? { kind: 'operator', actor: principal.actor }
    : { kind: 'tenant', tenantId, actor: principal.actor };
}
