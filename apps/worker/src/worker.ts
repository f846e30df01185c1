import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import { PocketRpcClient } from '#libs/ledger';
import { queueConnection } from '#libs/queues';
import { type Logger, createMetrics, nestLogger, serveMetrics } from '#libs/telemetry';
import type { DataSource } from 'typeorm';
import type { WorkerConfig } from './config.js';
import { WorkerModule } from './worker.module.js';

/** A running worker. */
export interface Worker {
  /** Base URL of `/metrics`, `/livez` and `/readyz`. */
  readonly url: string;
  /** Makes `/readyz` answer 503. */
  beginStopping(): void;
  /** Finishes the jobs under way, takes no others, and closes every connection. */
  stop(): Promise<void>;
}

/** Longest wait for PostgreSQL's answer in a readiness check. */
const READINESS_TIMEOUT_MS = 1_000;

/** Starts the worker; rejects when PostgreSQL does not come up within half a minute or the metrics port is taken. Redis may come later. */
export async function startWorker(config: WorkerConfig, logger: Logger): Promise<Worker> {
  const redis = queueConnection(config.REDIS_URL, 'worker', (error) =>
    logger.warn({ reason: error.message }, 'Redis cannot be reached'),
  );
  const ledger = new PocketRpcClient({ urls: config.POCKET_RPC_URLS, timeoutMs: config.POCKET_RPC_TIMEOUT_MS });
  const registry = createMetrics({ app: 'worker' });
  const app = await NestFactory.createApplicationContext(
    WorkerModule.forRoot({ config, logger, registry, redis, ledger }),
    { logger: nestLogger(logger), abortOnError: false },
  );
  const dataSource = app.get<DataSource>(getDataSourceToken());
  let stopping = false;
  const server = await serveMetrics(registry, {
    host: config.WORKER_METRICS_HOST,
    port: config.WORKER_METRICS_PORT,
    routes: {
      '/livez': () => ({ status: 200, body: { status: 'ok' } }),
      '/readyz': async () => {
        const checks = {
          running: !stopping,
          redis: redis.status === 'ready',
          postgres: await answers(dataSource),
        };
        const isReady = Object.values(checks).every(Boolean);
        return { status: isReady ? 200 : 503, body: { status: isReady ? 'ok' : 'unavailable', checks } };
      },
    },
  });
  return {
    url: `http://${server.host}:${server.port}`,
    beginStopping: () => {
      stopping = true;
    },
    stop: async () => {
      stopping = true;
      await app.close();
      redis.disconnect();
      await ledger.close();
      await server.close();
    },
  };
}

async function answers(dataSource: DataSource): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), READINESS_TIMEOUT_MS);
  });
  const query = dataSource.query('SELECT 1').then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([query, limit]);
  } finally {
    clearTimeout(timer);
  }
}
