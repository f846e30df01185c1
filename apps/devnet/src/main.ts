import 'reflect-metadata';
import { ConfigError } from '#libs/config';
import { createLogger, onShutdown } from '#libs/telemetry';
import { type DevnetConfig, readDevnetConfig } from './config.js';
import { startDevnet } from './devnet.js';

const config = configOrExit();
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

function configOrExit(): DevnetConfig {
  try {
    return readDevnetConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
