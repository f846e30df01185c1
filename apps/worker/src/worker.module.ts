import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule, getDataSourceToken } from '@nestjs/typeorm';
import type { LedgerPort } from '#libs/ledger';
import { dataSourceOptions } from '#libs/persistence';
import { keyPairFromPrivateKey } from '#libs/protocol';
import { DEFAULT_JOB_OPTIONS, QUEUE_PREFIX, QueueName, type RedisConnection } from '#libs/queues';
import { Settler } from '#libs/settlement';
import type { Logger } from '#libs/telemetry';
import { ApplicationDirectory, tenancyEntities } from '#libs/tenancy';
import type { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { alertsProviders } from './alerts/alerts-providers.js';
import { BacklogProbe } from './backlog-probe.js';
import { ChunkProcessor } from './chunk-processor.js';
import type { WorkerConfig } from './config.js';
import { MaintenanceProcessor } from './maintenance-processor.js';
import { OutageLog } from './outage-log.js';
import { Schedules } from './schedules.js';
import { SettlementLoop, recordSettlementEvent } from './settlement-loop.js';
import { SuspectAnnouncer } from './suspect-announcer.js';
import { SettlementProcessor } from './settlement-processor.js';
import { LEDGER, WORKER_CONFIG, WORKER_LOGGER } from './tokens.js';
import { UsageProcessor } from './usage-processor.js';
import { WorkerMetrics } from './worker-metrics.js';

/** What the process hands to the worker; it owns Redis and the ledger client and closes them. */
export interface WorkerResources {
  readonly config: WorkerConfig;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly redis: RedisConnection;
  readonly ledger: LedgerPort;
}

/** Wires the worker: queues, data source, settler. */
@Module({})
export class WorkerModule {
  static forRoot(resources: WorkerResources): DynamicModule {
    const { config, logger, registry, redis, ledger } = resources;
    const connectionsMax = config.WORKER_CHUNK_CONCURRENCY + 2 * config.WORKER_SESSION_CONCURRENCY + 10;
    return {
      module: WorkerModule,
      imports: [
        TypeOrmModule.forRoot({
          ...dataSourceOptions({
            url: config.DATABASE_URL,
            entities: tenancyEntities,
            connectionsMax,
            applicationName: 'worker',
          }),
          retryAttempts: 30,
          retryDelay: 1_000,
        }),
        BullModule.forRoot({ connection: redis, prefix: QUEUE_PREFIX, defaultJobOptions: DEFAULT_JOB_OPTIONS }),
        BullModule.registerQueue(
          { name: QueueName.chunks },
          { name: QueueName.settlement },
          { name: QueueName.maintenance },
          { name: QueueName.usage },
          { name: QueueName.alerts },
        ),
      ],
      providers: [
        { provide: WORKER_CONFIG, useValue: config },
        { provide: WORKER_LOGGER, useValue: logger },
        { provide: LEDGER, useValue: ledger },
        { provide: WorkerMetrics, useFactory: () => new WorkerMetrics(registry) },
        {
          provide: Settler,
          inject: [getDataSourceToken(), WorkerMetrics, OutageLog],
          useFactory: (dataSource: DataSource, metrics: WorkerMetrics, outages: OutageLog) =>
            new Settler({
              dataSource,
              ledger,
              settler: keyPairFromPrivateKey(config.SETTLER_PRIVATE_KEY),
              chainId: config.POCKET_CHAIN_ID,
              quietMs: config.SETTLEMENT_QUIET_MS,
              concurrency: config.WORKER_SESSION_CONCURRENCY,
              verification: {
                share: config.VERIFY_SHARE,
                threads: config.VERIFY_THREADS,
                suspectMs: config.SUSPECT_MS,
              },
              onEvent: (event) => recordSettlementEvent(logger, metrics, outages, event),
            }),
        },
        {
          provide: ApplicationDirectory,
          inject: [getDataSourceToken()],
          useFactory: (dataSource: DataSource) => new ApplicationDirectory(dataSource),
        },
        OutageLog,
        SettlementLoop,
        SuspectAnnouncer,
        BacklogProbe,
        Schedules,
        ChunkProcessor,
        SettlementProcessor,
        MaintenanceProcessor,
        UsageProcessor,
        ...alertsProviders(config, registry),
      ],
    };
  }
}
