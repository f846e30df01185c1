import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import { type LedgerPort, PocketRpcClient } from '#libs/ledger';
import { queueConnection } from '#libs/queues';
import { type Logger, createMetrics, nestLogger, serveMetrics } from '#libs/telemetry';
import type { DataSource } from 'typeorm';
import type { WorkerConfig } from './config.js';
import { OutageLog } from './outage-log.js';
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

/** Longest wait for the jobs under way and for Redis when the worker stops. */
const CLOSE_TIMEOUT_MS = 8_000;

/**
 * Starts the worker; rejects when PostgreSQL does not come up within half a minute or the metrics port is taken. Redis may come later.
 * @param ownLedger instead of the RPC at `POCKET_RPC_URLS`; the caller closes it
 */
export async function startWorker(config: WorkerConfig, logger: Logger, ownLedger?: LedgerPort): Promise<Worker> {
  const outages = new OutageLog(logger);
  const redis = queueConnection(config.REDIS_URL, 'worker', (error) => outages.note('Redis', error));
  const rpc = new PocketRpcClient({ urls: config.POCKET_RPC_URLS, timeoutMs: config.POCKET_RPC_TIMEOUT_MS });
  const ledger = ownLedger ?? rpc;
  const registry = createMetrics({ app: 'worker' });
  const app = await NestFactory.createApplicationContext(
    WorkerModule.forRoot({ config, logger, registry, redis, ledger }),
    { logger: nestLogger(logger), abortOnError: false },
  );
  const dataSource = app.get<DataSource>(getDataSourceToken());
  let stopping = false;
  let stopped: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    // BullMQ waits for Redis to close its workers; a Redis that is away would keep the process for ever.
    const closed = app.close();
    if (!(await endsWithin(closed, CLOSE_TIMEOUT_MS))) logger.warn('Redis is away; the queues were left open');
    redis.disconnect();
    await rpc.close();
    await server.close();
  };
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
    stop: () => {
      stopping = true;
      stopped ??= close();
      return stopped;
    },
  };
}

async function answers(dataSource: DataSource): Promise<boolean> {
  let isAnswered = false;
  const query = dataSource.query('SELECT 1').then(
    () => {
      isAnswered = true;
    },
    () => undefined,
  );
  return (await endsWithin(query, READINESS_TIMEOUT_MS)) && isAnswered;
}

/** Whether `work` ends in time; its rejection is the caller's, when it comes in time. */
async function endsWithin(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    clearTimeout(timer);
  }
}
