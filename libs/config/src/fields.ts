import { z } from 'zod';
import { RedisAddressError, parseRedisAddress } from './redis-address.js';

/** A TCP port; 0 asks the system for a free one. */
export const port = (description: string) => z.coerce.number().int().min(0).max(65_535).describe(description);

/** An address to listen on. */
export const listenHost = (description: string) => z.string().min(1).describe(description);

/** A PostgreSQL URL. */
export const databaseUrl = (description: string) =>
  z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .describe(description);

/** A Redis URL of one server, of Sentinels or of a Cluster; see {@link parseRedisAddress} for the forms. */
export const redisUrl = (description: string) =>
  z
    .string()
    .superRefine((text, context) => {
      try {
        parseRedisAddress(text);
      } catch (error) {
        if (!(error instanceof RedisAddressError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    })
    .describe(description);

/** An http or https URL without a trailing slash. */
export const httpUrl = (description: string) =>
  z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .describe(description);

/** Milliseconds, at least `minMs`, which keeps a zero from turning a timer into a busy loop. */
export const durationMs = (description: string, minMs = 1) => z.coerce.number().int().min(minMs).describe(description);

/** A size in bytes. */
export const bytes = (description: string) => z.coerce.number().int().min(1).describe(description);

/** A secret; short ones are refused because they can be guessed. Its value never appears in an error. */
export const secret = (description: string, lengthMin = 32) =>
  z.string().min(lengthMin, `must have at least ${lengthMin} characters`).describe(description);

/** Text that may be absent. */
export const optionalText = (description: string) => z.string().optional().describe(description);

/** Comma-separated values; blanks around and empty entries are dropped. */
export const csv = (description: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    )
    .describe(description);

/** A pino level. */
export const logLevel = () =>
  z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('trace, debug, info, warn, error, fatal or silent');
