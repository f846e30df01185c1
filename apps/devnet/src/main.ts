import 'reflect-metadata';
import { createLogger, onShutdown } from '#libs/telemetry';
import { readDevnetConfig } from './config.js';
import { startDevnet } from './devnet.js';

const config = readDevnetConfig();
const logger = createLogger({ app: 'devnet', level: config.LOG_LEVEL });
try {
  const devnet = await startDevnet(config, logger);
  onShutdown(logger, [
    { name: 'readiness', timeoutMs: 100, run: () => devnet.beginStopping() },
    { name: 'network', timeoutMs: 2_800, run: () => devnet.stop() },
  ]);
  const { network } = devnet;
  logger.info(
    {
      url: devnet.url,
      metricsUrl: devnet.metricsUrl,
      chainUrl: network.chainUrl,
      nodes: network.nodes.length,
      firstNodeUrl: network.serviceUrl(0),
      height: network.view.height,
    },
    'ready',
  );
} catch (error) {
  logger.fatal({ err: error }, `the devnet cannot start: ${(error as Error).message}`);
  process.exit(1);
}
