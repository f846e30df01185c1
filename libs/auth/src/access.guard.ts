import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  NotFoundException,
  SetMetadata,
  UnauthorizedException,
  applyDecorators,
  createParamDecorator,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { ApiExtension } from '@nestjs/swagger';
import { BearerStrategy } from './bearer.strategy.js';
import { JwtStrategy } from './jwt.strategy.js';
import type { Permission } from './permissions.js';
import { type Principal, mayDo, maySee, onPath } from './principal.js';

const ACCESS = 'auth:access';

/** Whose things a route is about. `tenant`: those of its `tenantId` parameter, which must be one the credential may see. */
export type AccessOf = 'tenant' | 'operator' | 'anyone';

/** What a route demands: nothing, any valid credential, or a row of the table of permissions. */
export type AccessRule = 'public' | 'signed-in' | { readonly permission: Permission; readonly of: AccessOf };

/** `scope` is the older name of `permission`. */
type WrittenRule = AccessRule | { readonly scope: Permission; readonly of: AccessOf };

/**
 * States what a handler demands; OpenAPI tells it as `x-access`. A handler without it is refused to everyone.
 */
export function Access(written: WrittenRule): MethodDecorator {
  const rule: AccessRule =
    typeof written === 'object' && 'scope' in written ? { permission: written.scope, of: written.of } : written;
  return applyDecorators(SetMetadata(ACCESS, rule), ApiExtension('x-access', rule));
}

/** The request's {@link Principal}, in a handler's parameters. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { user } = context.switchToHttp().getRequest<{ user?: Principal }>();
  if (!user) throw new UnauthorizedException();
  return user;
});

/**
 * The one guard of an API: authenticates by passport, then applies the handler's {@link Access} rule. Deny by default.
 * Another tenant's things answer 404 like things that do not exist.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly bearer: CanActivate;

  constructor(
    private readonly reflector: Reflector,
    bearer: BearerStrategy,
    jwt: JwtStrategy,
  ) {
    const Guard = AuthGuard([bearer.registeredName, jwt.registeredName]);
    this.bearer = new Guard();
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'public') return true;
    await this.bearer.canActivate(context);
    const request = context.switchToHttp().getRequest<{ user?: Principal; params?: Record<string, string> }>();
    if (!request.user) throw new UnauthorizedException();
    const tenantId = request.params?.['tenantId'];
    request.user = onPath(request.user, tenantId);
    if (!rule) throw new ForbiddenException('No rule allows this route.');
    if (rule !== 'signed-in') this.apply(rule, request.user, tenantId);
    return true;
  }

  private apply(rule: Exclude<AccessRule, string>, principal: Principal, tenantId: string | undefined): void {
    if (rule.of === 'operator' && principal.tenantId !== null) throw new ForbiddenException('For operators only.');
    if (rule.of === 'tenant' && (tenantId === undefined || !maySee(principal, tenantId))) {
      throw new NotFoundException('There is no such tenant.');
    }
    if (!mayDo(principal, rule.permission)) {
      throw new ForbiddenException(`The credential lacks the permission ${rule.permission}.`);
    }
  }
}
