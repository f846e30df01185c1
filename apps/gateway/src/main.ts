import 'reflect-metadata';
import { createLogger, onShutdown } from '#libs/telemetry';
import { type GatewayConfig, gatewayConfig } from './config.js';
import { startGateway } from './gateway.js';

let config: GatewayConfig;
try {
  config = gatewayConfig();
} catch (error) {
  createLogger({ app: 'gateway' }).fatal((error as Error).message);
  process.exit(1);
}
const logger = createLogger({ app: 'gateway', level: config.LOG_LEVEL });
try {
  const gateway = await startGateway(config, logger);
  onShutdown(logger, gateway.shutdown);
  logger.info({ url: gateway.url, metricsUrl: gateway.metricsUrl }, 'listening');
  await gateway.ready;
  logger.info({ url: gateway.url, metricsUrl: gateway.metricsUrl }, 'ready');
} catch (error) {
  logger.fatal({ err: error }, `the gateway cannot start: ${(error as Error).message}`);
  process.exit(1);
}
