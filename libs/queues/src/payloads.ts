import { z } from 'zod';
import { JobName } from './names.js';

/** Upper bound of one chunk's bytes in a job; a journal seals long before it, a worker refuses beyond it. */
export const CHUNK_BYTES_MAX = 4 * 1024 * 1024;

const base64CharsMax = Math.ceil(CHUNK_BYTES_MAX / 3) * 4;
const hex64 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hex characters');

/**
 * One sealed receipt chunk. The bytes travel in the job because the worker may run on another machine than the gateway.
 * `chunkId` is the SHA-256 of the bytes and the job's id, so that a repeat is recognised by Redis and by PostgreSQL.
 */
export const storeChunkPayload = z.strictObject({
  version: z.literal(1),
  chunkId: hex64,
  bytesBase64: z.string().min(4).max(base64CharsMax),
});
/** See {@link storeChunkPayload}. */
export type StoreChunkPayload = z.infer<typeof storeChunkPayload>;

/** One session of one application on one chain whose relays are to be claimed and proven; all its nodes, or the one named. */
export const settleSessionPayload = z.strictObject({
  version: z.literal(1),
  applicationPublicKeyHex: hex64,
  chain: z.string().regex(/^[0-9A-Fa-f]{4}$/, 'expected a relay chain id of 4 hex characters'),
  sessionHeight: z.int().positive(),
  nodePublicKeyHex: hex64.optional(),
});
/** See {@link settleSessionPayload}. */
export type SettleSessionPayload = z.infer<typeof settleSessionPayload>;

/** Periodic work that needs no argument: everything it acts on stands in PostgreSQL. */
export const tickPayload = z.strictObject({ version: z.literal(1) });
/** See {@link tickPayload}. */
export type TickPayload = z.infer<typeof tickPayload>;

/** One attempt at one delivery; what it says stands in PostgreSQL, so that a job that is lost or repeated changes nothing. */
export const deliverAlertPayload = z.strictObject({ version: z.literal(1), deliveryId: z.uuid() });
/** See {@link deliverAlertPayload}. */
export type DeliverAlertPayload = z.infer<typeof deliverAlertPayload>;

/** Schema of every job by its name; producers and workers parse with the same one. */
export const jobPayloads = {
  [JobName.storeChunk]: storeChunkPayload,
  [JobName.settleSession]: settleSessionPayload,
  [JobName.findDueSessions]: tickPayload,
  [JobName.synchroniseStakes]: tickPayload,
  [JobName.closeDays]: tickPayload,
  [JobName.sequenceEvents]: tickPayload,
  [JobName.reconcileFailed]: tickPayload,
  [JobName.removeOld]: tickPayload,
  [JobName.examineUsage]: tickPayload,
  [JobName.dispatchAlerts]: tickPayload,
  [JobName.deliverAlert]: deliverAlertPayload,
} as const satisfies Record<JobName, z.ZodType>;

/** The payload type of a job name. */
export type JobPayload<N extends JobName> = z.infer<(typeof jobPayloads)[N]>;

/** A job whose data does not match its schema; retrying cannot help, so a worker fails it at once. */
export class JobPayloadError extends Error {
  override readonly name = 'JobPayloadError';
  constructor(
    readonly jobName: string,
    reason: string,
  ) {
    super(`payload of job ${jobName}: ${reason}`);
  }
}

/** Parses a job's data, on either side. Throws {@link JobPayloadError}; the message holds paths and rules, never the data. */
export function parseJobPayload<N extends JobName>(name: N, data: unknown): JobPayload<N> {
  const schema: z.ZodType = jobPayloads[name];
  if (schema === undefined) throw new JobPayloadError(name, 'unknown job name');
  const parsed = schema.safeParse(data);
  if (!parsed.success) {
    throw new JobPayloadError(
      name,
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    );
  }
  return parsed.data as JobPayload<N>;
}
