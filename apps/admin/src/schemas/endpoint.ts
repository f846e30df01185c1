import type { ApiKeyView, EndpointView } from '#libs/tenancy';
import { z } from 'zod';
import { id, instant, isoOf, name, pageSchema } from './common.js';

const chainNames = z
  .array(z.string().trim().min(1).max(64))
  .min(1)
  .max(100)
  .describe('Chains in any accepted name: slug, alias, EVM chain id or relay chain id');

const settings = {
  applicationIds: z.array(id).min(1).max(50).describe('Applications whose relays this endpoint spends'),
  chains: chainNames.nullable().optional().describe('Chains allowed; null: all that the applications are staked for'),
  answerStyle: z
    .enum(['wallet', 'strict'])
    .optional()
    .describe('wallet (default): refusals stay visible in wallets; strict: the HTTP status tells'),
  verifyInline: z.boolean().optional().describe('Verify the node’s signature before answering (default: after)'),
};

/** Body of an endpoint's creation. */
export const createEndpointBody = z
  .strictObject({ name: name.meta({ examples: ['Production'] }), ...settings })
  .meta({ id: 'CreateEndpoint' });

/** Body of an endpoint's change; absent fields keep their value. */
export const updateEndpointBody = z
  .strictObject({ name, ...settings })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'must change something')
  .meta({ id: 'UpdateEndpoint' });

/** An endpoint in an answer. */
export const endpointSchema = z
  .object({
    endpointId: id,
    tenantId: id,
    name: z.string(),
    status: z.enum(['active', 'suspended']),
    suspendedReason: z.string().nullable(),
    applicationIds: z.array(id),
    chains: z.array(z.string()).nullable(),
    answerStyle: z.enum(['wallet', 'strict']),
    verifyInline: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Endpoint' });

/** A page of endpoints. */
export const endpointPageSchema = pageSchema(endpointSchema, 'EndpointPage');

/** Body of a key's creation. */
export const createKeyBody = z.strictObject({ name: name.default('key') }).meta({ id: 'CreateKey' });

const keyFields = {
  keyId: id,
  tenantId: id,
  endpointId: id,
  name: z.string(),
  prefix: z.string().describe('First characters, to recognise the key by'),
  createdAt: instant,
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable().describe('To within a minute'),
};

/** A key in an answer. */
export const keySchema = z.object(keyFields).meta({ id: 'Key' });

/** A page of keys. */
export const keyPageSchema = pageSchema(keySchema, 'KeyPage');

/** The answer to a key's creation: the only one that holds the key. */
export const createdKeySchema = z
  .object({
    ...keyFields,
    key: z.string().describe('Shown once; store it now'),
    url: z.string().describe('Endpoint URL; replace {chain} by a slug, an EVM chain id or a relay chain id'),
  })
  .meta({ id: 'CreatedKey' });

/** The answer for an endpoint. */
export function endpointAnswer(endpoint: EndpointView): z.infer<typeof endpointSchema> {
  return {
    endpointId: endpoint.endpointId,
    tenantId: endpoint.tenantId,
    name: endpoint.name,
    status: endpoint.status,
    suspendedReason: endpoint.suspendedReason,
    applicationIds: endpoint.applicationIds,
    chains: endpoint.chains,
    answerStyle: endpoint.answerStyle,
    verifyInline: endpoint.verifyInline,
    createdAt: isoOf(endpoint.createdAt),
    updatedAt: isoOf(endpoint.updatedAt),
  };
}

/** The answer for a key. */
export function keyAnswer(key: ApiKeyView): z.infer<typeof keySchema> {
  return {
    keyId: key.keyId,
    tenantId: key.tenantId,
    endpointId: key.endpointId,
    name: key.name,
    prefix: key.prefix,
    createdAt: isoOf(key.createdAt),
    revokedAt: isoOf(key.revokedAt),
    lastUsedAt: isoOf(key.lastUsedAt),
  };
}
