import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { type Logger, createMetrics, nestLogger, serveMetrics } from '#libs/telemetry';
import type { DevnetConfig } from './config.js';
import { DevnetLifecycle, DevnetModule } from './devnet.module.js';
import type { Network } from './network.js';
import { PortInUseError } from './node/node-server.js';

/** A running devnet. */
export interface Devnet {
  /** URL of the RPC. */
  readonly url: string;
  readonly metricsUrl: string;
  readonly network: Network;
  /** Makes `/readyz` answer 503. */
  beginStopping(): void;
  /** Ends everything, Anvil included. */
  stop(): Promise<void>;
}

/** Starts a devnet and resolves when its RPC and its nodes answer. Rejects, with nothing left running, when a part cannot start. */
export async function startDevnet(config: DevnetConfig, logger: Logger): Promise<Devnet> {
  const registry = createMetrics({ app: 'devnet' });
  const app = await NestFactory.create<NestFastifyApplication>(
    DevnetModule.register({ config, logger, registry }),
    new FastifyAdapter({ forceCloseConnections: true, bodyLimit: 1024 * 1024, keepAliveTimeout: 65_000 }),
    { logger: nestLogger(logger), abortOnError: false },
  );
  try {
    await named('DEVNET_PORT', config.DEVNET_PORT, app.listen(config.DEVNET_PORT, config.DEVNET_HOST));
    const metrics = await named(
      'DEVNET_METRICS_PORT',
      config.DEVNET_METRICS_PORT,
      serveMetrics(registry, { host: config.DEVNET_HOST, port: config.DEVNET_METRICS_PORT }),
    );
    const lifecycle = app.get(DevnetLifecycle);
    const { network } = lifecycle;
    const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    network.serve((request, response) => fastify.routing(request, response));
    return {
      url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
      metricsUrl: `http://${metrics.host}:${metrics.port}`,
      network,
      beginStopping: () => lifecycle.beginStopping(),
      stop: async () => {
        await Promise.all([app.close(), metrics.close()]);
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Turns "address in use" into the port and the variable that moves it. */
async function named<T>(variable: string, port: number, listening: Promise<T>): Promise<T> {
  try {
    return await listening;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PortInUseError(`port ${port} is in use; ${variable} moves it`);
  }
}
