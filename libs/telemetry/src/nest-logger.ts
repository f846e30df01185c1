import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** Nest's own start-up and error lines in the app's JSON stream; the context becomes a field. */
export function nestLogger(logger: Logger): LoggerService {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'trace') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
      if (message instanceof Error) logger[level]({ err: message, context }, message.message);
      else logger[level]({ context, ...(rest.length > 1 ? { details: rest.slice(0, -1) } : {}) }, String(message));
    };
  return {
    // Nest reports every module and route at `log`; they are start-up detail, not events.
    log: write('debug'),
    debug: write('debug'),
    verbose: write('trace'),
    warn: write('warn'),
    error: write('error'),
    fatal: write('fatal'),
  };
}
