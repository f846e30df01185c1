import type { Logger } from './logger.js';

/** One thing to do on the way down; steps run in order, each with its own time limit. */
export interface ShutdownStep {
  readonly name: string;
  readonly timeoutMs: number;
  run(): Promise<void> | void;
}

/**
 * Runs `steps` once on SIGTERM or SIGINT, then ends the process with status 0, or 1 when a step failed or ran out of time.
 * A second signal ends the process at once, so that an impatient operator is obeyed.
 */
export function onShutdown(logger: Logger, steps: readonly ShutdownStep[]): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ signal }, 'stopping');
    void runSteps(logger, steps).then((clean) => {
      logger.info('stopped');
      process.exit(clean ? 0 : 1);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

async function runSteps(logger: Logger, steps: readonly ShutdownStep[]): Promise<boolean> {
  let clean = true;
  for (const step of steps) {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not done after ${step.timeoutMs} ms`)), step.timeoutMs);
    });
    try {
      await Promise.race([Promise.resolve().then(() => step.run()), limit]);
    } catch (error) {
      clean = false;
      logger.error({ err: error, step: step.name }, 'a shutdown step failed');
    } finally {
      clearTimeout(timer);
    }
  }
  return clean;
}
