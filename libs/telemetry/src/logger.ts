import { type Logger as PinoLogger, type LevelWithSilent, destination, pino, stdTimeFunctions } from 'pino';
import { redactUrl } from './redact-url.js';

/** The logger type that every library takes; pino's. */
export type Logger = PinoLogger;

/** How an app logs. */
export interface LoggerSettings {
  /** Name of the process, on every line. */
  readonly app: string;
  /** Least severe level written. */
  readonly level?: LevelWithSilent;
  /** Where lines go; standard output by default. Tests pass their own. */
  readonly sink?: { write(line: string): void };
}

/**
 * Object paths whose values never reach a log line: credentials of callers and our own keys.
 * `*` covers one level of nesting, which is as deep as our own log calls go.
 */
export const REDACTED_PATHS: readonly string[] = [
  'authorization',
  'apiKey',
  'key',
  'token',
  'secret',
  'password',
  'privateKey',
  'privateKeyHex',
  'cookie',
]
  .flatMap((name) => [name, `*.${name}`, `headers["${name}"]`, `*.headers["${name}"]`])
  .concat(
    ['x-api-key', 'proxy-authorization', 'set-cookie'].flatMap((name) => [
      `headers["${name}"]`,
      `*.headers["${name}"]`,
    ]),
  );

/** One JSON object a line, ISO time, with credentials censored and keys cut out of request URLs. */
export function createLogger(settings: LoggerSettings): Logger {
  return pino(
    {
      level: settings.level ?? 'info',
      base: { app: settings.app, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...REDACTED_PATHS], censor: '[redacted]' },
      serializers: {
        err: pino.stdSerializers.err,
        url: (url: unknown) => (typeof url === 'string' ? redactUrl(url) : url),
      },
    },
    // Synchronous: the last lines of a dying process are the ones an operator needs.
    settings.sink ?? destination({ fd: 1, sync: true }),
  );
}
