import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LedgerPort } from '#libs/ledger';
import { type Logger, type MetricsServer, createMetrics, nestLogger, serveMetrics } from '#libs/telemetry';
import type { FastifyInstance } from 'fastify';
import { Histogram, type Registry } from 'prom-client';
import { AdminModule } from './admin.module.js';
import type { AdminConfig } from './config.js';
import { serveDocumentation } from './docs/serve-documentation.js';
import { readJsonBodies } from './http/json-body.js';
import { describeApi } from './openapi/document.js';
import { Readiness } from './readiness.js';

/** Largest body, bytes: administration is small. */
const BODY_BYTES_MAX = 256 * 1024;
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** A running admin API. */
export interface Admin {
  readonly app: NestFastifyApplication;
  /** Where it listens, with the port in use. */
  readonly url: string;
  readonly metricsUrl: string;
  /** Every route that is served, for checking the documentation against. */
  readonly routes: ReadonlyArray<{ readonly method: string; readonly url: string }>;
  /** Readiness turns false; open requests go on. */
  beginStopping(): void;
  /** Ends open requests and closes every connection. */
  stop(): Promise<void>;
}

/**
 * Starts the admin API: routes, documentation and metrics. Rejects when PostgreSQL does not answer or a port is taken.
 *
 * @param ledger the network; the caller owns it. `main.ts` passes a client of `POCKET_RPC_URLS`.
 */
export async function startAdmin(config: AdminConfig, logger: Logger, ledger: LedgerPort): Promise<Admin> {
  const registry = createMetrics({ app: 'admin' });
  const routes: Array<{ method: string; url: string }> = [];
  const app = await createApp(config, logger, registry, ledger, routes);
  let metrics: MetricsServer | undefined;
  try {
    await app.listen(config.ADMIN_PORT, config.ADMIN_HOST);
    metrics = await serveMetrics(registry, { host: config.ADMIN_METRICS_HOST, port: config.ADMIN_METRICS_PORT });
  } catch (error) {
    await app.close();
    throw error;
  }
  const running = metrics;
  return {
    app,
    url: await app.getUrl(),
    routes,
    metricsUrl: `http://${running.host}:${running.port}/metrics`,
    beginStopping: () => app.get(Readiness).stop(),
    stop: async () => {
      await app.close();
      await running.close();
    },
  };
}

/** The application without a listener. */
async function createApp(
  config: AdminConfig,
  logger: Logger,
  registry: Registry,
  ledger: LedgerPort,
  routes: Array<{ method: string; url: string }>,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    forceCloseConnections: 'idle',
    requestTimeout: config.STAKE_TIMEOUT_MS + 30_000,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomBytes(16).toString('hex');
    },
  });
  adapter.getInstance().addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  const app = await NestFactory.create<NestFastifyApplication>(AdminModule.forRoot(config, logger, ledger), adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  readJsonBodies(app, BODY_BYTES_MAX);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // Swagger UI sets styles and draws its icons from data URLs; its scripts are files of ours.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'"],
        upgradeInsecureRequests: null,
      },
    },
  });
  observe(app.getHttpAdapter().getInstance(), logger, registry);
  serveDocumentation(app, describeApi(app).document);
  return app;
}

/** Request ids on every answer, one log line and one measurement a request. */
function observe(fastify: FastifyInstance, logger: Logger, registry: Registry): void {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of admin API requests.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    // The pattern, not the path: ids would make the labels endless.
    const route = request.routeOptions.url ?? 'unknown';
    const status = String(reply.statusCode);
    duration.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000);
    const actor = (request as { user?: { actor: string } }).user?.actor;
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
        actor,
      },
      'request',
    );
  });
}
