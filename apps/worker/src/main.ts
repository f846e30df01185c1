import 'reflect-metadata';
import { createLogger, onShutdown } from '#libs/telemetry';
import { readWorkerConfig } from './config.js';
import { startWorker } from './worker.js';

const config = readWorkerConfig();
const logger = createLogger({ app: 'worker', level: config.LOG_LEVEL });
try {
  const worker = await startWorker(config, logger);
  onShutdown(logger, [
    { name: 'readiness', timeoutMs: 100, run: () => worker.beginStopping() },
    { name: 'jobs', timeoutMs: 9_500, run: () => worker.stop() },
  ]);
  logger.info({ url: worker.url }, 'ready');
} catch (error) {
  logger.fatal({ err: error }, `the worker cannot start: ${(error as Error).message}`);
  process.exit(1);
}
