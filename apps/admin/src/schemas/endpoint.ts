import type { ApiKeyView, EndpointView } from '#libs/tenancy';
import { z } from 'zod';
import { id, instant, isoOf, name, pageSchema, version } from './common.js';

const chainNames = z
  .array(z.string().trim().min(1).max(64))
  .min(1)
  .max(100)
  .describe('Chains in any accepted name: slug, alias, EVM chain id or relay chain id');

const methodNames = z
  .array(z.string().trim().min(1).max(101))
  .max(30)
  .nullable()
  .optional()
  .describe('Method names, or beginnings that end with *');
const perSecondMax = z.int().min(1).max(1_000_000).nullable().optional().describe('Calls a second; null: no limit');
const entries = (description: string) =>
  z.array(z.string().trim().min(1).max(300)).max(30).nullable().optional().describe(description);

/** Rules of an endpoint. */
const rules = z
  .strictObject({
    origins: entries('[https://]host[:port], or *.host for everything below it'),
    userAgents: entries('Whole texts, or beginnings that end with *'),
    addresses: entries('IPv4 or IPv6, single or CIDR'),
    methods: methodNames,
    contracts: entries('Contract addresses; calls must plainly name one of them'),
    perSecondMax,
  })
  .describe('Lists are ANDed, their entries ORed; an absent list demands nothing')
  .meta({ id: 'EndpointRules' });

/** Rules of a key. */
const keyRules = z
  .strictObject({ chains: chainNames.nullable().optional(), methods: methodNames, perSecondMax })
  .meta({ id: 'KeyRules' });

const settings = {
  applicationIds: z.array(id).min(1).max(50).describe('Applications whose relays this endpoint spends'),
  chains: chainNames.nullable().optional().describe('Chains allowed; null: all that the applications are staked for'),
  answerStyle: z
    .enum(['wallet', 'strict'])
    .optional()
    .describe('wallet (default): refusals stay visible in wallets; strict: the HTTP status tells'),
  rules: rules.nullable().optional(),
  verifyInline: z.boolean().optional().describe('Verify the node’s signature before answering (default: after)'),
  readQuorum: z
    .number()
    .int()
    .min(1)
    .max(5)
    .optional()
    .describe('Nodes that each read is put to; more than half must agree. Each costs a relay (default: 1)'),
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
    readQuorum: z.number().int(),
    rules: rules.nullable(),
    secretRequired: z.boolean(),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Endpoint' });

/** The answer to a demanded secret: the only one that holds it. */
export const endpointSecretSchema = endpointSchema
  .extend({
    secret: z.string().describe('Shown once; send it as X-Api-Secret or as the password of Basic authentication'),
  })
  .meta({ id: 'EndpointSecret' });

/** A page of endpoints. */
export const endpointPageSchema = pageSchema(endpointSchema, 'EndpointPage');

/** Body of a key's creation. */
export const createKeyBody = z
  .strictObject({
    name: name.default('key'),
    rules: keyRules.nullable().optional(),
    expiresAt: z.iso.datetime().nullable().optional().describe('From then on the key opens nothing'),
  })
  .meta({ id: 'CreateKey' });

/** Body of a key's rotation. */
export const rotateKeyBody = z
  .strictObject({
    overlap: z.enum(['0', '1h', '24h', '7d', '30d']).default('24h').describe('For how long the old key still works'),
  })
  .meta({ id: 'RotateKey' });

/** Seconds of each overlap. */
export const OVERLAP_SECONDS = { '0': 0, '1h': 3_600, '24h': 86_400, '7d': 604_800, '30d': 2_592_000 } as const;

/** Body of a dry run. */
export const dryRunBody = z
  .strictObject({
    keyId: id.nullable().default(null),
    chain: z.string().min(1).max(64),
    method: z.string().min(1).max(128),
    params: z.unknown().optional(),
    batchCalls: z.int().min(1).max(100_000).default(1).describe('Calls of the batch it comes in; 1: it comes alone'),
    origin: z.string().max(300).optional(),
    userAgent: z.string().max(500).optional(),
    address: z.string().max(64).default(''),
    secret: z.string().max(200).optional(),
  })
  .meta({ id: 'DryRun' });

/** What would happen to a request. */
export const dryRunSchema = z
  .object({
    passes: z.boolean(),
    reason: z.string().nullable().describe('Reason of the refusal, see docs/errors.md'),
    rule: z.string().nullable(),
    seen: z.string().nullable(),
    message: z.string(),
  })
  .meta({ id: 'DryRunResult' });

const keyFields = {
  keyId: id,
  tenantId: id,
  endpointId: id,
  name: z.string(),
  prefix: z.string().describe('First characters, to recognise the key by'),
  rules: keyRules.nullable(),
  expiresAt: instant.nullable(),
  replacesKeyId: id.nullable(),
  version,
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
    readQuorum: endpoint.readQuorum,
    rules: endpoint.rules as z.infer<typeof rules> | null,
    secretRequired: endpoint.secretHash !== null,
    version: endpoint.version,
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
    rules: key.rules as z.infer<typeof keyRules> | null,
    expiresAt: isoOf(key.expiresAt),
    replacesKeyId: key.replacesKeyId,
    version: key.version,
    createdAt: isoOf(key.createdAt),
    revokedAt: isoOf(key.revokedAt),
    lastUsedAt: isoOf(key.lastUsedAt),
  };
}
