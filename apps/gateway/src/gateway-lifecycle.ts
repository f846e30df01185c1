import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { PocketRpcClient } from '#libs/ledger';
import { keyPairFromPrivateKey } from '#libs/protocol';
import type { RedisConnection } from '#libs/queues';
import { ControlStore, TraceBuffer, pruneTraces } from '#libs/operations';
import { RedisDailyLimiter } from '#libs/quota';
import { ChunkShipper, JournalAdopter } from '#libs/receipts';
import { MorseRelayLedger, NodeProber, SocketTransport } from '#libs/relaying';
import type { Logger } from '#libs/telemetry';
import { SnapshotStore } from '#libs/tenancy';
import type { GatewayConfig } from './config.js';
import { PlainEdge } from './edge/plain-edge.js';
import { RelayPlugin } from './edge/relay-plugin.js';
import { Readiness } from './health/readiness.js';
import { MeteringDatabase } from './metering/database.js';
import { GatewayMetrics } from './metrics.js';
import { RuntimeControls } from './operations/runtime-controls.js';
import { StatusPlugin } from './operations/status-plugin.js';
import { ViewPublisher } from './operations/view-publisher.js';
import { CallServer } from './relay/call-server.js';
import { WebSocketEdge } from './websocket/websocket-edge.js';
import { CHUNK_QUEUE, CONFIG, LOGGER, QUEUE_REDIS, QUOTA_REDIS } from './tokens.js';

const RETRY_MS = 250;
const SHIP_AT_END_MS = 2_500;
const PRUNE_MS = 30_000;

/** Starts what runs beside the requests and stops everything in the order that loses nothing. */
@Injectable()
export class GatewayLifecycle implements OnModuleInit {
  readonly #stopping = new AbortController();
  #pruning: NodeJS.Timeout | null = null;

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(CONFIG) private readonly config: GatewayConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(QUOTA_REDIS) private readonly quotaRedis: RedisConnection,
    @Inject(QUEUE_REDIS) private readonly queueRedis: RedisConnection,
    @Inject(CHUNK_QUEUE) private readonly queue: Queue,
    private readonly metrics: GatewayMetrics,
    private readonly plugin: RelayPlugin,
    private readonly plain: PlainEdge,
    private readonly websockets: WebSocketEdge,
    private readonly calls: CallServer,
    private readonly readiness: Readiness,
    private readonly ledger: MorseRelayLedger,
    private readonly prober: NodeProber,
    private readonly client: PocketRpcClient,
    private readonly transport: SocketTransport,
    private readonly snapshots: SnapshotStore,
    private readonly limiter: RedisDailyLimiter,
    private readonly shipper: ChunkShipper,
    private readonly adopter: JournalAdopter,
    private readonly database: MeteringDatabase,
    private readonly controls: RuntimeControls,
    private readonly controlStore: ControlStore,
    private readonly traces: TraceBuffer,
    private readonly status: StatusPlugin,
    private readonly view: ViewPublisher,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope) => this.plugin.register(scope));
    void fastify.register((scope) => this.status.register(scope));
    const server = this.host.httpAdapter.getHttpServer() as Server;
    this.websockets.attach(server);
    this.plain.attach(server);
    this.metrics.sample({
      inFlight: () => this.calls.inFlight,
      subscriptions: () => this.websockets.subscriptions,
      ready: () => this.readiness.report().ready,
      backlog: () => this.shipper.backlog,
    });
  }

  /** Begins to learn heights, read tenancy and ship receipts. Resolves when relays can be served, or the gateway stops before. */
  async start(): Promise<void> {
    const height = this.ledger.start();
    this.prober.start();
    this.shipper.start();
    const adopted = this.adopter.start();
    this.traces.start();
    this.view.start();
    this.#pruning = setInterval(() => void this.#prune(), PRUNE_MS).unref();
    const controls = this.#until('what operators set cannot be read yet', () => this.controlStore.start());
    const tenancy = this.#until('tenancy cannot be read yet', async () => {
      await this.snapshots.start();
      this.readiness.tenancyReached();
    });
    // pocket-core does not ask whether the application exists: any key shows whether sessions can be had.
    const probe = keyPairFromPrivateKey(this.config.GATEWAY_CLIENT_PRIVATE_KEY).publicKeyHex;
    const sessions = this.#until('no session can be had yet', async () => {
      await this.client.dispatch(probe, this.config.READINESS_CHAIN);
      this.readiness.sessionHad();
    });
    await Promise.all([height, adopted, tenancy, controls, sessions]);
    while (!this.readiness.report().ready && !this.#stopping.signal.aborted) await this.#pause();
  }

  /** Withdraws readiness and keeps serving until a balancer may have noticed. */
  async withdraw(): Promise<void> {
    this.readiness.stop();
    this.#stopping.abort();
    if (this.config.SHUTDOWN_DELAY_MS > 0) await delay(this.config.SHUTDOWN_DELAY_MS);
  }

  /** Ends WebSocket connections. HTTP requests under way are finished by the server's own close. */
  closeWebSockets(): Promise<void> {
    return this.websockets.close(2_000);
  }

  /** Returns leases, ships or seals what is in the journal and closes every connection. No request may be under way. */
  async settle(): Promise<void> {
    if (this.#pruning !== null) clearInterval(this.#pruning);
    this.prober.stop();
    this.ledger.stop();
    this.adopter.stop();
    await this.limiter.drain().catch((error: unknown) => this.logger.warn({ err: error }, 'leases were not returned'));
    const shipped = await this.shipper.flushAndClose(SHIP_AT_END_MS);
    if (!shipped) this.logger.info('receipts stay on disk; the next gateway adopts them');
    await Promise.allSettled([this.traces.stop(), this.controlStore.stop(), this.view.stop()]);
    await Promise.allSettled([
      this.transport.close(),
      this.snapshots.stop(),
      this.database.close(),
      this.queue.close(),
      this.client.close(),
    ]);
    this.queueRedis.disconnect();
    this.quotaRedis.disconnect();
  }

  async #prune(): Promise<void> {
    const { 'traces.retentionHours': retentionHours, 'traces.rowsMax': rowsMax } = this.controls.values;
    await pruneTraces(this.database, { retentionHours, rowsMax }).catch((error: unknown) =>
      this.logger.debug({ err: error }, 'old stories of requests could not be deleted'),
    );
  }

  async #until(message: string, work: () => Promise<void>): Promise<void> {
    let told = false;
    while (!this.#stopping.signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (!told) this.logger.warn({ err: error }, message);
        told = true;
        await this.#pause();
      }
    }
  }

  #pause(): Promise<void> {
    return delay(RETRY_MS, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }
}
