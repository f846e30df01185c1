import { SCOPES, type ServiceTokenView } from '#libs/auth';
import { z } from 'zod';
import { id, instant, isoOf, name, version } from './common.js';

/** Longest life of a service token, days. */
const DAYS_MAX = 366;

/** Body of a service token's creation. */
export const createTokenBody = z
  .strictObject({
    name: name.meta({ examples: ['billing job'] }),
    tenantId: id.nullable().default(null).describe('The only tenant it may see; null: all'),
    scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
    expiresInDays: z.int().min(1).max(DAYS_MAX).default(90),
  })
  .meta({ id: 'CreateToken' });

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
};

/** A service token in an answer. */
export const tokenSchema = z.object(fields).meta({ id: 'Token' });

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
  };
}
