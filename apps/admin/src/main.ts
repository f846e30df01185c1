import 'reflect-metadata';
import { parseConfig } from '#libs/config';
import { PocketRpcClient } from '#libs/ledger';
import { createLogger, onShutdown } from '#libs/telemetry';
import { startAdmin } from './admin.js';
import { adminEnvironment } from './config.js';

/** For one attempt at one RPC URL. */
const LEDGER_TIMEOUT_MS = 5_000;

const config = parseConfig(adminEnvironment);
const logger = createLogger({ app: 'admin', level: config.LOG_LEVEL });
try {
  const ledger = new PocketRpcClient({ urls: config.POCKET_RPC_URLS, timeoutMs: LEDGER_TIMEOUT_MS });
  const admin = await startAdmin(config, logger, ledger);
  onShutdown(logger, [
    { name: 'readiness', timeoutMs: 100, run: () => admin.beginStopping() },
    { name: 'requests', timeoutMs: 10_000, run: () => admin.stop() },
    { name: 'ledger', timeoutMs: 1_000, run: () => ledger.close() },
  ]);
  logger.info({ url: admin.url, docsUrl: `${admin.url}/docs`, metricsUrl: admin.metricsUrl }, 'ready');
} catch (error) {
  logger.fatal({ err: error }, `the admin API cannot start: ${(error as Error).message}`);
  process.exit(1);
}
