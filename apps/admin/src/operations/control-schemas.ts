import {
  type NodeClosure,
  type Notice,
  RUNTIME_SETTINGS,
  SETTING_NAMES,
  type SettingName,
  type SettingView,
} from '#libs/operations';
import { z } from 'zod';
import { id, instant, isoOf, pageSchema, version } from '../schemas/common.js';

const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .describe('Why, for people to read')
  .meta({ examples: ['answers with a stale head since 02:40'] });
const chain = z.string().trim().min(1).max(64).describe('Chain in any accepted name; null: all chains');
const closureKind = z.enum(['node', 'operator']).describe('One node, or all nodes of an operator');
const closureMode = z
  .enum(['cordon', 'drain'])
  .describe(
    'cordon: no relay from now on. drain: what was begun is filled to the number of relays that is paid, then none',
  );
const createdBy = z
  .string()
  .describe('Who did it')
  .meta({ examples: ['operator'] });
const later = z.iso.datetime().transform((text) => new Date(text));

/** A node's public key in a path. */
export const publicKey = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
  .meta({ examples: ['7dffe00000000000000000000000000000000000000000000000000000000c0a'] });

/** A setting's name in a path. */
export const settingName = z
  .enum(SETTING_NAMES as [SettingName, ...SettingName[]])
  .meta({ examples: ['batch.callsMax'] });

/** Body of a setting's change. */
export const changeSettingBody = z
  .strictObject({
    value: z
      .union([z.number(), z.string(), z.boolean(), z.null()])
      .meta({ examples: [50] })
      .describe('Within the bounds of the setting; null: the environment of each gateway decides again'),
  })
  .meta({ id: 'ChangeRuntimeSetting', examples: [{ value: 0.1 }] });

/** A runtime setting in an answer. */
export const settingSchema = z
  .object({
    name: settingName,
    description: z.string().describe('What it does'),
    effect: z.string().describe('What changes with it, and when'),
    unit: z.string().nullable().describe('What the value counts; null for words and switches'),
    schema: z
      .record(z.string(), z.unknown())
      .describe('JSON Schema of the value: its type and bounds')
      .meta({ examples: [{ type: 'integer', minimum: 1, maximum: 1000 }] }),
    fallback: z
      .union([z.number(), z.string(), z.boolean()])
      .describe('Holds where nobody said anything')
      .meta({ examples: [100] }),
    environment: z.string().nullable().describe('Variable of each gateway that holds while no value is set here'),
    value: z
      .union([z.number(), z.string(), z.boolean(), z.null()])
      .describe('What is set here; null: nothing')
      .meta({ examples: [50] }),
    version,
    updatedAt: instant.nullable().describe('When operators last changed it; null: never'),
    updatedBy: z.string().nullable().describe('Who did'),
  })
  .meta({ id: 'RuntimeSetting' });

/** All settings. */
export const settingListSchema = z.object({ items: z.array(settingSchema) }).meta({ id: 'RuntimeSettingList' });

/** The answer for a setting. */
export function settingAnswer(view: SettingView): z.infer<typeof settingSchema> {
  const { description, effect, unit, schema, fallback, environment } = RUNTIME_SETTINGS[view.name];
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema as z.ZodType) as Record<string, unknown>;
  return {
    name: view.name,
    description,
    effect,
    unit,
    schema: json,
    fallback,
    environment,
    value: view.value as string | number | boolean | null,
    version: view.version,
    updatedAt: isoOf(view.updatedAt),
    updatedBy: view.updatedBy,
  };
}

/** Body that closes one node. */
export const closeNodeBody = z
  .strictObject({
    chain: chain.nullable().default(null),
    reason,
    expiresAt: later.nullable().default(null).describe('It opens again by itself; null: until someone opens it'),
  })
  .meta({ id: 'CloseNode' });

/** Body that opens one node. */
export const openNodeBody = z.strictObject({ chain: chain.nullable().default(null) }).meta({ id: 'OpenNode' });

/** Body that closes a node or an operator. */
export const createClosureBody = z
  .strictObject({
    kind: closureKind,
    target: z
      .string()
      .trim()
      .min(1)
      .max(255)
      .meta({ examples: ['7dffe00000000000000000000000000000000000000000000000000000000c0a'] })
      .describe('Public key of the node, or the operator as the list of nodes names it'),
    chain: chain.nullable().default(null),
    mode: closureMode,
    reason,
    expiresAt: later.nullable().default(null).describe('It opens again by itself; null: until someone opens it'),
  })
  .meta({ id: 'CreateClosure' });

/** A closure in an answer. */
export const closureSchema = z
  .object({
    closureId: id.describe('The closure'),
    kind: closureKind,
    target: z.string().describe('Public key of the node, or name of the operator'),
    chain: z.string().nullable().describe('Relay chain id; null: all chains'),
    mode: closureMode,
    reason,
    createdBy,
    createdAt: instant,
    expiresAt: instant.nullable().describe('It opens by itself then; null: when someone opens it'),
  })
  .meta({ id: 'Closure' });

/** A page of closures. */
export const closurePageSchema = pageSchema(closureSchema, 'ClosurePage');

/** The answer for a closure. */
export function closureAnswer(closure: NodeClosure): z.infer<typeof closureSchema> {
  return { ...closure, createdAt: isoOf(closure.createdAt), expiresAt: isoOf(closure.expiresAt) };
}

const severity = z.enum(['info', 'maintenance', 'outage']).describe('How much it concerns callers');
const message = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .describe('What callers are told')
  .meta({ examples: ['Gnosis nodes are being upgraded; expect slower answers.'] });

/** Body of a notice's creation. */
export const createNoticeBody = z
  .strictObject({
    chain: chain.nullable().default(null),
    severity: severity.default('maintenance'),
    message,
    startsAt: later.nullable().default(null).describe('null: now'),
    endsAt: later.nullable().default(null).describe('null: until further notice'),
  })
  .meta({ id: 'CreateNotice' });

/** Body of a notice's change; absent fields stay. */
export const changeNoticeBody = z
  .strictObject({
    severity,
    message,
    startsAt: later.describe('From then on it is in force'),
    endsAt: later.nullable().describe('Until then; null: until further notice'),
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'must change something')
  .meta({ id: 'ChangeNotice', examples: [{ message: 'Done an hour early.' }] });

/** A notice in an answer. */
export const noticeSchema = z
  .object({
    noticeId: id.describe('The notice'),
    chain: z.string().nullable().describe('Relay chain id; null: all chains'),
    severity,
    message,
    startsAt: instant.describe('From then on it is in force'),
    endsAt: instant.nullable().describe('Until then; null: until further notice'),
    createdBy,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Notice' });

/** A page of notices. */
export const noticePageSchema = pageSchema(noticeSchema, 'NoticePage');

/** The answer for a notice. */
export function noticeAnswer(notice: Notice): z.infer<typeof noticeSchema> {
  return {
    ...notice,
    startsAt: isoOf(notice.startsAt),
    endsAt: isoOf(notice.endsAt),
    createdAt: isoOf(notice.createdAt),
    updatedAt: isoOf(notice.updatedAt),
  };
}
