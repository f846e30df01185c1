import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Logger,
  type MetricsServer,
  type ShutdownStep,
  createMetrics,
  nestLogger,
  serveMetrics,
} from '#libs/telemetry';
import type { GatewayConfig } from './config.js';
import { createClientErrorHandler } from './edge/client-errors.js';
import { GatewayLifecycle } from './gateway-lifecycle.js';
import { PlainEdge } from './edge/plain-edge.js';
import { GatewayModule, KEEP_ALIVE_MS, docsUrlOf } from './gateway.module.js';
import { createRequestIds } from './relay/request-id.js';

/** A gateway that listens. */
export interface RunningGateway {
  readonly url: string;
  readonly metricsUrl: string;
  readonly app: NestFastifyApplication;
  /** Resolves when relays can be served for the first time. */
  readonly ready: Promise<void>;
  /** What a stop does, in order; together under ten seconds. */
  readonly shutdown: readonly ShutdownStep[];
  /** Runs all steps. */
  stop(): Promise<void>;
}

/** Finishes requests under way. A connection that was busy when the close began would else stay open until its keep-alive ends. */
async function closeServer(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer() as Server;
  const plain = app.get(PlainEdge);
  const closeIdle = (): void => {
    plain.closeIdle();
    server.closeIdleConnections();
  };
  const sweep = setInterval(closeIdle, 25);
  closeIdle();
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
  }
}

/** Builds and starts a gateway. Rejects when a port is taken or the journal directory cannot be used; everything else may come later. */
export async function startGateway(config: GatewayConfig, logger: Logger): Promise<RunningGateway> {
  const registry = createMetrics({ app: 'gateway' });
  const adapter = new FastifyAdapter({
    bodyLimit: config.BODY_BYTES_MAX,
    // Slow senders are cut off: head within 8 s and a look each second, which is 10 s at most, everything within 30 s (wire contract, "Limits").
    requestTimeout: 30_000,
    http: { headersTimeout: 8_000, maxHeaderSize: 16_384, connectionsCheckingInterval: 1_000 },
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 2_048, ignoreTrailingSlash: true },
    clientErrorHandler: createClientErrorHandler(createRequestIds(), docsUrlOf(config)),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    GatewayModule.register(config, logger, registry),
    adapter,
    { logger: nestLogger(logger), abortOnError: false },
  );
  let metrics: MetricsServer | null = null;
  try {
    await app.listen(config.GATEWAY_PORT, config.GATEWAY_HOST);
    metrics = await serveMetrics(registry, { host: config.GATEWAY_METRICS_HOST, port: config.GATEWAY_METRICS_PORT });
  } catch (error) {
    await app.close();
    await app.get(GatewayLifecycle).settle();
    throw error;
  }
  const lifecycle = app.get(GatewayLifecycle);
  const ready = lifecycle.start();
  const { port } = app.getHttpServer().address() as AddressInfo;
  const server = metrics;
  const shutdown: readonly ShutdownStep[] = [
    { name: 'readiness', timeoutMs: 8_500, run: () => lifecycle.withdraw() },
    { name: 'websockets', timeoutMs: 2_500, run: () => lifecycle.closeWebSockets() },
    { name: 'requests', timeoutMs: 3_000, run: () => closeServer(app) },
    { name: 'receipts', timeoutMs: 4_000, run: () => lifecycle.settle() },
    { name: 'metrics', timeoutMs: 500, run: () => server.close() },
  ];
  return {
    url: `http://${config.GATEWAY_HOST}:${port}`,
    metricsUrl: `http://${server.host}:${server.port}/metrics`,
    app,
    ready,
    shutdown,
    stop: async () => {
      for (const step of shutdown) await step.run();
    },
  };
}
