import { type DynamicModule, Module } from '@nestjs/common';
import type { Registry } from 'prom-client';
import { type ChainCatalogue, createChainCatalogue } from '#libs/chains';
import { DEFAULT_FRAME_LIMITS } from '#libs/jsonrpc';
import { PocketRpcClient } from '#libs/ledger';
import { ControlStore, TraceBuffer, storeTraces } from '#libs/operations';
import { keyPairFromPrivateKey } from '#libs/protocol';
import { QueueName, RedisSetupError, createQueue, queueConnection } from '#libs/queues';
import { addressSet } from '#libs/policy';
import { RateLimiter, RedisDailyLimiter, SessionAllowance } from '#libs/quota';
import { BullChunkQueue, ChunkShipper, Journal, JournalAdopter } from '#libs/receipts';
import {
  ChainViews,
  ChallengeReporter,
  ExtraRelays,
  HedgeDelays,
  MorseRelayLedger,
  NodeProber,
  NodeScores,
  NodeSelector,
  QuorumReader,
  Relayer,
  SocketTransport,
} from '#libs/relaying';
import type { Logger } from '#libs/telemetry';
import { SnapshotStore } from '#libs/tenancy';
import { storedChunkIds, usageTotals } from '#libs/usage';
import type { GatewayConfig } from './config.js';
import { PlainEdge } from './edge/plain-edge.js';
import { Compression } from './edge/compression.js';
import { RefusalPace } from './edge/refusal-pace.js';
import { RelayPlugin } from './edge/relay-plugin.js';
import { GatewayLifecycle } from './gateway-lifecycle.js';
import { EventLoopLateness } from './health/event-loop-lateness.js';
import { HealthController } from './health/health.controller.js';
import { LoadGate } from './health/load-gate.js';
import { Readiness } from './health/readiness.js';
import { MeteringDatabase } from './metering/database.js';
import { GatewayMetrics } from './metrics.js';
import { ChainHealth } from './operations/chain-health.js';
import { RequestStories } from './operations/request-stories.js';
import { RuntimeControls, environmentSettings } from './operations/runtime-controls.js';
import { productVersion } from './operations/product-version.js';
import { StatusPlugin } from './operations/status-plugin.js';
import { ViewPublisher } from './operations/view-publisher.js';
import { Authoriser } from './relay/authorise.js';
import { CallServer } from './relay/call-server.js';
import { FrameServer } from './relay/frame-server.js';
import { probeReceipts, probedChain } from './relay/probe-receipts.js';
import { createRequestIds } from './relay/request-id.js';
import { sessionSource } from './relay/session-source.js';
import { SubscriptionHub } from './websocket/subscription-hub.js';
import { WebSocketEdge } from './websocket/websocket-edge.js';
import { CHAIN_CATALOGUE, CHUNK_QUEUE, CONFIG, LOGGER, QUEUE_REDIS, QUOTA_REDIS, REGISTRY } from './tokens.js';

/** Where an explanation of errors is found, relative to the public address. */
export function docsUrlOf(config: GatewayConfig): string {
  return `${config.GATEWAY_PUBLIC_URL ?? `http://${config.GATEWAY_HOST}:${config.GATEWAY_PORT}`}/docs/errors`;
}

/** For how long idle client connections are kept: longer than a balancer's idle time, which is 60 s as a rule; shorter would cause 502s. */
export const KEEP_ALIVE_MS = 75_000;

const monotonicMs = (): number => performance.now();

/** Wires the gateway; the relay path itself is a Fastify scope that `GatewayLifecycle` registers. */
@Module({})
export class GatewayModule {
  static register(config: GatewayConfig, logger: Logger, registry: Registry): DynamicModule {
    const requestId = createRequestIds();
    const lateness = new EventLoopLateness();
    lateness.start();
    const docsUrl = docsUrlOf(config);
    const pace = new RefusalPace(config.REFUSAL_HOLD_MS);
    const compression = new Compression({ enabled: config.COMPRESSION, requestBytesMax: config.BODY_BYTES_MAX });
    const onRedisError = (error: Error): void => {
      if (error instanceof RedisSetupError) logger.error({ err: error }, 'REDIS_URL does not fit its server');
      else logger.debug({ err: error }, 'Redis is away');
    };
    return {
      module: GatewayModule,
      controllers: [HealthController],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: REGISTRY, useValue: registry },
        { provide: CHAIN_CATALOGUE, useFactory: () => createChainCatalogue(config.CHAIN_OVERRIDES) },
        {
          provide: GatewayMetrics,
          inject: [REGISTRY, CHAIN_CATALOGUE],
          useFactory: (metrics: Registry, chains: ChainCatalogue) => new GatewayMetrics(metrics, chains),
        },
        {
          provide: PocketRpcClient,
          useFactory: () =>
            new PocketRpcClient({ urls: config.POCKET_RPC_URLS, timeoutMs: config.POCKET_RPC_TIMEOUT_MS }),
        },
        {
          provide: MorseRelayLedger,
          inject: [PocketRpcClient, GatewayMetrics, QUOTA_REDIS],
          useFactory: (client: PocketRpcClient, metrics: GatewayMetrics, redis: ReturnType<typeof queueConnection>) =>
            new MorseRelayLedger({
              allowance: new SessionAllowance({ redis, onUnshared: metrics.relayUnshared }),
              clientKey: keyPairFromPrivateKey(config.GATEWAY_CLIENT_PRIVATE_KEY),
              source: sessionSource(client),
              heightPollMs: config.HEIGHT_POLL_MS,
              hooks: metrics.relayHooks,
              onHeightFailure: (error) => logger.debug({ err: error }, 'the ledger told no height'),
            }),
        },
        {
          provide: SocketTransport,
          useFactory: () => new SocketTransport({ connectionsPerNode: config.RELAY_CONNECTIONS_PER_NODE }),
        },
        { provide: NodeScores, useFactory: () => new NodeScores(monotonicMs) },
        {
          provide: NodeSelector,
          inject: [NodeScores, RuntimeControls],
          useFactory: (scores: NodeScores, controls: RuntimeControls) => {
            const selector = new NodeSelector(scores, monotonicMs, (chain, node) =>
              controls.closureOf(chain, node.id, node.operator),
            );
            controls.follow(() => selector.closuresChanged());
            return selector;
          },
        },
        {
          provide: ChainViews,
          inject: [CHAIN_CATALOGUE],
          useFactory: (chains: ChainCatalogue) => new ChainViews(probedChain(chains)),
        },
        {
          provide: NodeProber,
          inject: [
            MorseRelayLedger,
            SocketTransport,
            NodeScores,
            NodeSelector,
            ChainViews,
            GatewayMetrics,
            Journal,
            CHAIN_CATALOGUE,
            RuntimeControls,
          ],
          useFactory: (
            ledger: MorseRelayLedger,
            transport: SocketTransport,
            scores: NodeScores,
            selector: NodeSelector,
            views: ChainViews,
            metrics: GatewayMetrics,
            journal: Journal,
            chains: ChainCatalogue,
            controls: RuntimeControls,
          ) =>
            new NodeProber({
              ledger,
              transport,
              scores,
              selector,
              views,
              hooks: metrics.relayHooks,
              onAnswer: probeReceipts({ journal, chains, requestId }),
              get share() {
                return controls.values['probes.share'];
              },
              intervalMs: config.PROBE_INTERVAL_MS,
              clock: monotonicMs,
            }),
        },
        {
          provide: Relayer,
          inject: [
            MorseRelayLedger,
            SocketTransport,
            NodeScores,
            NodeSelector,
            NodeProber,
            ChainViews,
            GatewayMetrics,
            RuntimeControls,
          ],
          useFactory: (
            ledger: MorseRelayLedger,
            transport: SocketTransport,
            scores: NodeScores,
            selector: NodeSelector,
            prober: NodeProber,
            views: ChainViews,
            metrics: GatewayMetrics,
            controls: RuntimeControls,
          ) => {
            const extra = new ExtraRelays(config.EXTRA_RELAYS_SHARE);
            controls.follow((values) => extra.setShare(values['relays.extraShare']));
            return new Relayer({
              ledger,
              transport,
              scores,
              selector,
              prober,
              views,
              hedges: new HedgeDelays(),
              extra,
              clock: monotonicMs,
              hooks: metrics.relayHooks,
              limits: {
                attemptsMax: config.RELAY_ATTEMPTS_MAX,
                attemptTimeoutMs: config.RELAY_ATTEMPT_TIMEOUT_MS,
                answerBytesMax: config.ANSWER_BYTES_MAX,
              },
            });
          },
        },
        {
          provide: QuorumReader,
          inject: [MorseRelayLedger, SocketTransport, NodeScores, NodeSelector, ChainViews, GatewayMetrics],
          useFactory: (
            ledger: MorseRelayLedger,
            transport: SocketTransport,
            scores: NodeScores,
            selector: NodeSelector,
            views: ChainViews,
            metrics: GatewayMetrics,
          ) => {
            const reporter = new ChallengeReporter(transport, (outcome, { minority }) =>
              logger.warn(
                { node: minority.node.id, chain: minority.session.chain, outcome },
                'a node contradicted what two others signed; reported as a challenge',
              ),
            );
            return new QuorumReader({
              ledger,
              transport,
              scores,
              selector,
              heightAllowanceBlocks: (chain) => views.known(chain)?.syncAllowanceBlocks ?? 0,
              onDissent: (dissent) => void reporter.report(dissent),
              clock: monotonicMs,
              hooks: metrics.relayHooks,
              limits: {
                attemptTimeoutMs: config.RELAY_ATTEMPT_TIMEOUT_MS,
                answerBytesMax: config.ANSWER_BYTES_MAX,
              },
            });
          },
        },
        {
          provide: SnapshotStore,
          useFactory: () =>
            new SnapshotStore({
              url: config.DATABASE_URL,
              pepper: config.API_KEY_PEPPER,
              relaysPerPoktPerDay: config.RELAYS_PER_POKT_PER_DAY,
              onFault: ({ what, error }) => logger.warn({ err: error }, `tenancy: ${what}`),
            }),
        },
        {
          provide: MeteringDatabase,
          useFactory: () =>
            new MeteringDatabase(config.DATABASE_URL, (error) => logger.debug({ err: error }, 'PostgreSQL is away')),
        },
        {
          provide: QUOTA_REDIS,
          useFactory: () => queueConnection(config.REDIS_URL, 'producer', onRedisError),
        },
        {
          provide: QUEUE_REDIS,
          useFactory: () => queueConnection(config.REDIS_URL, 'producer', onRedisError),
        },
        {
          provide: CHUNK_QUEUE,
          inject: [QUEUE_REDIS],
          useFactory: (redis: ReturnType<typeof queueConnection>) =>
            createQueue(QueueName.chunks, redis, (error) => logger.debug({ err: error }, 'the chunk queue is away')),
        },
        {
          provide: Journal,
          inject: [GatewayMetrics],
          useFactory: (metrics: GatewayMetrics) =>
            Journal.open({ directory: config.JOURNAL_DIR, hooks: metrics.journalHooks }),
        },
        {
          provide: RedisDailyLimiter,
          inject: [QUOTA_REDIS, Journal, GatewayMetrics, MeteringDatabase],
          useFactory: (
            redis: ReturnType<typeof queueConnection>,
            journal: Journal,
            metrics: GatewayMetrics,
            database: MeteringDatabase,
          ) =>
            new RedisDailyLimiter({
              redis,
              instanceId: journal.instanceId,
              seed: async (applicationId, day) =>
                Number((await usageTotals(database, { applicationId, from: day, to: day })).billableRelays),
              outageUnitsMax: config.QUOTA_OUTAGE_UNITS_MAX,
              hooks: metrics.quotaHooks,
            }),
        },
        {
          provide: ChunkShipper,
          inject: [Journal, CHUNK_QUEUE, MeteringDatabase, GatewayMetrics],
          useFactory: (
            journal: Journal,
            queue: ReturnType<typeof createQueue>,
            database: MeteringDatabase,
            metrics: GatewayMetrics,
          ) =>
            new ChunkShipper({
              journal,
              queue: new BullChunkQueue(queue),
              storedChunkIds: (chunkIds) => storedChunkIds(database, chunkIds),
              hooks: {
                ...metrics.shipperHooks,
                onFailed: (step, error) => {
                  metrics.shipperHooks.onFailed?.(step, error);
                  logger.debug({ err: error, step }, 'a receipt chunk waits on disk');
                },
              },
            }),
        },
        {
          provide: JournalAdopter,
          inject: [Journal, RedisDailyLimiter],
          useFactory: (journal: Journal, limiter: RedisDailyLimiter) =>
            new JournalAdopter({
              journal,
              onAdopted: async (instance) => {
                const returned = await limiter.recover(instance.instanceId, instance.spent);
                logger.info(
                  {
                    instanceId: instance.instanceId,
                    chunks: instance.chunks.length,
                    tornBytes: instance.tornBytes,
                    returned,
                  },
                  'adopted the journal of a dead instance',
                );
              },
              onFailed: (error) => logger.warn({ err: error }, 'a dead journal could not be adopted yet'),
            }),
        },
        {
          provide: Readiness,
          inject: [MorseRelayLedger, Journal],
          useFactory: (ledger: MorseRelayLedger, journal: Journal) =>
            new Readiness(
              () => ledger.height() > 0,
              () => journal.accepting,
            ),
        },
        {
          provide: Authoriser,
          inject: [SnapshotStore, CHAIN_CATALOGUE, QUOTA_REDIS, RuntimeControls],
          useFactory: (
            keys: SnapshotStore,
            chains: ChainCatalogue,
            redis: ReturnType<typeof queueConnection>,
            controls: RuntimeControls,
          ) =>
            new Authoriser(keys, chains, (error) => logger.debug({ err: error }, 'a key could not be looked up'), {
              // Its timer is unref'ed and forgets what rests, so it needs no stop of its own.
              rates: new RateLimiter({ redis }),
              trustedProxies: config.TRUSTED_PROXIES.length === 0 ? null : addressSet(config.TRUSTED_PROXIES),
              mayExplain: (endpointId) => controls.mayExplain(endpointId),
            }),
        },
        {
          provide: RuntimeControls,
          inject: [CHAIN_CATALOGUE],
          useFactory: (chains: ChainCatalogue) => {
            const controls = new RuntimeControls(environmentSettings(config), chains);
            const ownLevel = logger.level;
            // Without a word of operators the logger keeps the level that it was started with.
            controls.follow((values) => {
              logger.level = controls.isSet('log.level') ? values['log.level'] : ownLevel;
            });
            return controls;
          },
        },
        {
          provide: ControlStore,
          inject: [MeteringDatabase, RuntimeControls],
          useFactory: (database: MeteringDatabase, controls: RuntimeControls) =>
            new ControlStore({
              url: config.DATABASE_URL,
              database,
              onState: (state) => controls.apply(state),
              onFault: ({ what, error }) => logger.warn({ err: error }, `operations: ${what}`),
            }),
        },
        { provide: ChainHealth, useFactory: () => new ChainHealth(monotonicMs) },
        {
          provide: TraceBuffer,
          inject: [MeteringDatabase, RuntimeControls],
          useFactory: (database: MeteringDatabase, controls: RuntimeControls) =>
            new TraceBuffer({
              store: (traces) => storeTraces(database, traces),
              perSecondMax: () => controls.values['traces.perSecondMax'],
              clock: monotonicMs,
              onFault: (error) => logger.debug({ err: error }, 'stories of requests wait'),
            }),
        },
        {
          provide: RequestStories,
          inject: [TraceBuffer, RuntimeControls, NodeSelector, ChainHealth, Journal],
          useFactory: (
            buffer: TraceBuffer,
            controls: RuntimeControls,
            selector: NodeSelector,
            health: ChainHealth,
            journal: Journal,
          ) => new RequestStories({ buffer, controls, selector, health, logger, instanceId: journal.instanceId }),
        },
        {
          provide: ViewPublisher,
          inject: [
            QUEUE_REDIS,
            Journal,
            MorseRelayLedger,
            NodeScores,
            NodeSelector,
            ChainViews,
            CHAIN_CATALOGUE,
            RuntimeControls,
            ControlStore,
            SnapshotStore,
            TraceBuffer,
            ChainHealth,
            CallServer,
            WebSocketEdge,
            ChunkShipper,
            Readiness,
          ],
          useFactory: (
            redis: ReturnType<typeof queueConnection>,
            journal: Journal,
            ledger: MorseRelayLedger,
            scores: NodeScores,
            selector: NodeSelector,
            views: ChainViews,
            chains: ChainCatalogue,
            controls: RuntimeControls,
            controlStore: ControlStore,
            snapshots: SnapshotStore,
            traces: TraceBuffer,
            health: ChainHealth,
            calls: CallServer,
            websockets: WebSocketEdge,
            shipper: ChunkShipper,
            readiness: Readiness,
          ) =>
            new ViewPublisher({
              redis,
              instanceId: journal.instanceId,
              version: productVersion(),
              ledger,
              scores,
              selector,
              views,
              chains,
              controls,
              controlStore,
              snapshots,
              traces,
              health,
              load: {
                callsInFlight: () => calls.inFlight,
                latenessMs: () => lateness.latenessMs,
                subscriptions: () => websockets.subscriptions,
                backlog: () => shipper.backlog,
                journalAccepting: () => journal.accepting,
                ready: () => readiness.report().ready,
              },
              onFault: (error) => logger.debug({ err: error }, 'the live view could not be published'),
            }),
        },
        {
          provide: StatusPlugin,
          inject: [RuntimeControls, ChainHealth, CHAIN_CATALOGUE, Readiness],
          useFactory: (controls: RuntimeControls, health: ChainHealth, chains: ChainCatalogue, readiness: Readiness) =>
            new StatusPlugin({ controls, health, chains, readiness }),
        },
        {
          provide: CallServer,
          inject: [Relayer, QuorumReader, RedisDailyLimiter, Journal, GatewayMetrics, RequestStories, RuntimeControls],
          useFactory: (
            relayer: Relayer,
            quorum: QuorumReader,
            limiter: RedisDailyLimiter,
            journal: Journal,
            observer: GatewayMetrics,
            stories: RequestStories,
            controls: RuntimeControls,
          ) =>
            new CallServer({
              stories,
              relayer,
              quorum,
              limiter,
              journal,
              logger,
              observer,
              get deadlineMs() {
                return controls.values['calls.deadlineMs'];
              },
              load: new LoadGate({
                get callsMax() {
                  return controls.values['calls.inFlightMax'];
                },
                get sharedCalls() {
                  return controls.values['calls.inFlightShared'];
                },
                latenessMs: () => lateness.latenessMs,
              }),
            }),
        },
        {
          provide: FrameServer,
          inject: [CallServer, RequestStories, RuntimeControls],
          useFactory: (calls: CallServer, stories: RequestStories, controls: RuntimeControls) =>
            new FrameServer({
              calls,
              stories,
              limits: {
                ...DEFAULT_FRAME_LIMITS,
                get batchCallsMax() {
                  return controls.values['batch.callsMax'];
                },
              },
              batchConcurrency: config.BATCH_CONCURRENCY,
              docsUrl,
            }),
        },
        {
          provide: RelayPlugin,
          inject: [
            Authoriser,
            FrameServer,
            CallServer,
            RedisDailyLimiter,
            CHAIN_CATALOGUE,
            Readiness,
            RequestStories,
            RuntimeControls,
          ],
          useFactory: (
            authoriser: Authoriser,
            frames: FrameServer,
            calls: CallServer,
            limiter: RedisDailyLimiter,
            chains: ChainCatalogue,
            readiness: Readiness,
            stories: RequestStories,
            controls: RuntimeControls,
          ) =>
            new RelayPlugin({
              stories,
              notices: (chainId) => controls.noticesFor(chainId),
              noticeHeader: (chainId) => controls.noticeHeader(chainId),
              authoriser,
              frames,
              calls,
              limiter,
              chains,
              logger,
              requestId,
              docsUrl,
              publicUrl: config.GATEWAY_PUBLIC_URL ?? null,
              bodyBytesMax: config.BODY_BYTES_MAX,
              pace,
              compression,
              stopping: () => readiness.stopping,
            }),
        },
        {
          provide: PlainEdge,
          inject: [Authoriser, FrameServer, RedisDailyLimiter, Readiness, RequestStories, RuntimeControls],
          useFactory: (
            authoriser: Authoriser,
            frames: FrameServer,
            limiter: RedisDailyLimiter,
            readiness: Readiness,
            stories: RequestStories,
            controls: RuntimeControls,
          ) =>
            new PlainEdge({
              stories,
              noticeHeader: (chainId) => controls.noticeHeader(chainId),
              authoriser,
              frames,
              limiter,
              pace,
              logger,
              requestId,
              bodyBytesMax: config.BODY_BYTES_MAX,
              keepAliveMs: KEEP_ALIVE_MS,
              compression,
              stopping: () => readiness.stopping,
            }),
        },
        {
          provide: SubscriptionHub,
          inject: [CallServer],
          useFactory: (calls: CallServer) => new SubscriptionHub({ calls, requestId }),
        },
        {
          provide: WebSocketEdge,
          inject: [Authoriser, FrameServer, SubscriptionHub, GatewayMetrics, RequestStories, RuntimeControls],
          useFactory: (
            authoriser: Authoriser,
            frames: FrameServer,
            hub: SubscriptionHub,
            metrics: GatewayMetrics,
            stories: RequestStories,
            controls: RuntimeControls,
          ) =>
            new WebSocketEdge({
              stories,
              authoriser,
              frames,
              logger,
              requestId,
              docsUrl,
              frameBytesMax: config.BODY_BYTES_MAX,
              get connectionsMax() {
                return controls.values['websocket.connectionsMax'];
              },
              hub,
              onNotification: (caller) => metrics.notificationSent(caller.chain),
              onConnections: metrics.setWebSocketConnections,
            }),
        },
        GatewayLifecycle,
      ],
    };
  }
}
