import { SCOPES, type ServiceTokenView } from '#libs/auth';
import { z } from 'zod';
import { id, instant, isoOf, name, pageQuery, pageSchema, version } from './common.js';

/** Longest life of a service token, days. */
const DAYS_MAX = 366;

const DAY_MS = 86_400_000;

const wanted = {
  name: name.meta({ examples: ['billing job'] }),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .max(SCOPES.length)
    .describe(
      'Permissions (docs/permissions.md). x:write includes x:read; tenants:read and tenants:write include applications, endpoints, keys and alerts',
    )
    .meta({ examples: [['usage:read']] }),
  expiresInDays: z.int().min(1).max(DAYS_MAX).default(90),
};

/** Body of a service token's creation. */
export const createTokenBody = z
  .strictObject({ ...wanted, tenantId: id.nullable().default(null).describe('The only tenant it may see; null: all') })
  .meta({ id: 'CreateToken' });

/** Body of the creation of a tenant's service token. */
export const createTenantTokenBody = z.strictObject(wanted).meta({ id: 'CreateTenantToken' });

/** Which tokens. */
export const tokenQuery = pageQuery.extend({ tenantId: id.optional() });

/** The end of a token made now. */
export function tokenExpiry(expiresInDays: number): Date {
  return new Date(Date.now() + expiresInDays * DAY_MS);
}

const fields = {
  tokenId: id,
  tenantId: id.nullable(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  version,
  createdAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable().describe('To the minute'),
};

/** A service token in an answer. */
export const tokenSchema = z.object(fields).meta({ id: 'Token' });

/** A page of service tokens. */
export const tokenPageSchema = pageSchema(tokenSchema, 'TokenPage');

/** The answer to a token's creation: the only one that holds it. */
export const createdTokenSchema = z
  .object({ ...fields, token: z.string().describe('Shown once; store it now') })
  .meta({ id: 'CreatedToken' });

/** The answer for a token. */
export function tokenAnswer(token: ServiceTokenView): z.input<typeof tokenSchema> {
  return {
    tokenId: token.tokenId,
    tenantId: token.tenantId,
    name: token.name,
    prefix: token.prefix,
    scopes: SCOPES.filter((scope) => token.scopes.includes(scope)),
    version: token.version,
    createdAt: isoOf(token.createdAt),
    expiresAt: isoOf(token.expiresAt),
    revokedAt: isoOf(token.revokedAt),
    lastUsedAt: isoOf(token.lastUsedAt),
  };
}
