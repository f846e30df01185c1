import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  Access,
  Caller,
  NO_TENANT,
  PERMISSIONS,
  People,
  type Permission,
  type Principal,
  permissionsOf,
} from '#libs/auth';
import { Answers } from '../http/answers.js';
import { isoOf } from '../schemas/common.js';
import { meSchema } from '../schemas/identity.js';

/** Who the caller is, and what he may do where. */
@ApiTags('Sign-in')
@Controller('v1/me')
export class MeController {
  constructor(private readonly people: People) {}

  @Get()
  @Access('signed-in')
  @Answers({
    summary: 'Who am I?',
    description: 'The credential’s bearer, his tenants, roles and permissions.',
    schema: meSchema,
  })
  async me(@Caller() caller: Principal) {
    const { person, memberships, operatorRole } = caller;
    const names =
      memberships.size === 0 ? new Map<string, string>() : await this.people.tenantNames([...memberships.keys()]);
    return {
      actor: caller.actor,
      kind: person === null ? (operatorRole === null ? 'token' : 'operator') : 'person',
      user: person && {
        userId: person.userId,
        issuer: person.issuer,
        email: person.email,
        emailVerified: person.isEmailVerified,
        name: person.name,
      },
      operatorRole,
      tenantId: caller.tenantId === NO_TENANT ? null : caller.tenantId,
      permissions: inOrder(ownPermissions(caller)),
      tenants: [...memberships].map(([tenantId, role]) => ({
        tenantId,
        name: names.get(tenantId) ?? '',
        role,
        permissions: inOrder(permissionsOf(role)),
      })),
      expiresAt: isoOf(caller.expiresAt),
    };
  }
}

/** A person's memberships give nothing outside their tenants. */
function ownPermissions({ person, operatorRole, permissions }: Principal): ReadonlySet<Permission> {
  if (person === null) return permissions;
  return operatorRole === null ? new Set() : permissionsOf(operatorRole);
}

function inOrder(held: ReadonlySet<Permission>): Permission[] {
  return PERMISSIONS.filter((permission) => held.has(permission));
}
