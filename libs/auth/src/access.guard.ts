import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  NotFoundException,
  SetMetadata,
  UnauthorizedException,
  createParamDecorator,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { BearerStrategy } from './bearer.strategy.js';
import { type Principal, type Scope, mayDo, maySee } from './principal.js';

const ACCESS = 'auth:access';

/** What a route demands. `tenant`: its `tenantId` parameter must be one the credential may see. */
export type AccessRule = 'public' | { readonly scope: Scope; readonly of: 'tenant' | 'operator' | 'anyone' };

/** States what a handler (or all of a controller) demands. A handler without it is refused to everyone. */
export const Access = (rule: AccessRule) => SetMetadata(ACCESS, rule);

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
    strategy: BearerStrategy,
  ) {
    const Guard = AuthGuard(strategy.registeredName);
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
    if (!rule) throw new ForbiddenException('No rule allows this route.');
    this.apply(rule, request.user, request.params?.['tenantId']);
    return true;
  }

  private apply(rule: Exclude<AccessRule, 'public'>, principal: Principal, tenantId: string | undefined): void {
    if (rule.of === 'operator' && principal.tenantId !== null) throw new ForbiddenException('For operators only.');
    if (rule.of === 'tenant' && (tenantId === undefined || !maySee(principal, tenantId))) {
      throw new NotFoundException('There is no such tenant.');
    }
    if (!mayDo(principal, rule.scope)) throw new ForbiddenException(`The credential lacks the scope ${rule.scope}.`);
  }
}
