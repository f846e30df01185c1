import type { ChainCatalogue } from '#libs/chains';
import {
  type ControlStore,
  type GatewayView,
  type NodeView,
  type SessionView,
  type TraceBuffer,
  VIEW_NODES_MAX,
  VIEW_SESSIONS_MAX,
  publishGatewayView,
  withdrawGatewayView,
} from '#libs/operations';
import type { RedisConnection } from '#libs/queues';
import type { ChainViews, MorseRelayLedger, NodeScores, NodeSelector, Session } from '#libs/relaying';
import type { SnapshotStore } from '#libs/tenancy';
import type { ChainHealth } from './chain-health.js';
import type { RuntimeControls } from './runtime-controls.js';

export interface ViewPublisherOptions {
  readonly redis: RedisConnection;
  readonly instanceId: string;
  readonly version: string;
  readonly ledger: Pick<MorseRelayLedger, 'height' | 'sessions'>;
  readonly scores: NodeScores;
  readonly selector: Pick<NodeSelector, 'candidates'>;
  readonly views: ChainViews;
  readonly chains: ChainCatalogue;
  readonly controls: RuntimeControls;
  readonly controlStore: Pick<ControlStore, 'connected'>;
  readonly snapshots: Pick<SnapshotStore, 'stats'>;
  readonly traces: Pick<TraceBuffer, 'dropped'>;
  readonly health: ChainHealth;
  readonly load: {
    callsInFlight(): number;
    latenessMs(): number;
    subscriptions(): number;
    backlog(): number;
    journalAccepting(): boolean;
    ready(): boolean;
  };
  readonly everyMs?: number;
  readonly onFault?: (error: Error) => void;
  /** How long putting a view together held the event loop. */
  readonly onBuilt?: (durationMs: number) => void;
}

type Growing<T> = { -readonly [Field in keyof T]: T[Field] };

/** Tells operators every few seconds what this gateway sees: one bounded record in Redis that expires by itself. */
export class ViewPublisher {
  readonly #startedAt = new Date().toISOString();
  readonly #slugs: ReadonlyMap<string, string>;
  #timer: NodeJS.Timeout | null = null;
  #publishing: Promise<void> | null = null;

  constructor(private readonly o: ViewPublisherOptions) {
    this.#slugs = new Map(o.chains.all.map(({ id, slug }) => [id, slug]));
  }

  start(): void {
    this.#timer = setInterval(() => void this.publish(), this.o.everyMs ?? 3_000);
    this.#timer.unref();
    void this.publish();
  }

  /** Stops, and takes the record away. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#publishing;
    await withdrawGatewayView(this.o.redis, this.o.instanceId).catch(() => undefined);
  }

  /** Never rejects; while Redis is away the record expires. */
  publish(): Promise<void> {
    this.#publishing ??= publishGatewayView(this.o.redis, this.#timed(), Date.now())
      .catch((error: unknown) => this.o.onFault?.(error as Error))
      .finally(() => {
        this.#publishing = null;
      });
    return this.#publishing;
  }

  #timed(): GatewayView {
    const startedMs = performance.now();
    const view = this.view();
    this.o.onBuilt?.(performance.now() - startedMs);
    return view;
  }

  /** What this gateway sees now. */
  view(): GatewayView {
    const { o } = this;
    const nodes = new Map<string, Growing<NodeView>>();
    const sessions: SessionView[] = [];
    let [nodesLeftOut, sessionsLeftOut] = [0, 0];
    const height = o.ledger.height();
    for (const { session } of o.ledger.sessions()) {
      if (session.endHeight < height) continue;
      if (sessions.length < VIEW_SESSIONS_MAX) sessions.push(this.#session(session));
      else {
        sessionsLeftOut += 1;
        continue;
      }
      nodesLeftOut += this.#addNodes(nodes, session);
    }
    const stats = o.snapshots.stats();
    return {
      instanceId: o.instanceId,
      version: o.version,
      asOf: new Date().toISOString(),
      startedAt: this.#startedAt,
      ready: o.load.ready(),
      height,
      callsInFlight: o.load.callsInFlight(),
      eventLoopLatenessMs: rounded(o.load.latenessMs()),
      subscriptions: o.load.subscriptions(),
      journalBacklogChunks: o.load.backlog(),
      journalAccepting: o.load.journalAccepting(),
      followsTenancy: stats.connected,
      followsOperations: o.controlStore.connected,
      tracesDropped: o.traces.dropped,
      settings: o.controls.values,
      chains: this.#chains(sessions),
      nodes: [...nodes.values()],
      sessions,
      nodesLeftOut,
      sessionsLeftOut,
    };
  }

  #addNodes(nodes: Map<string, Growing<NodeView>>, session: Session): number {
    let leftOut = 0;
    const view = this.o.views.of(session.chain);
    for (const { node, verdict, reason, weight } of this.o.selector.candidates(session)) {
      const key = `${session.chain}/${node.id}`;
      const seen = nodes.get(key);
      if (seen !== undefined) {
        seen.relaysSent += node.sent;
        seen.relaysLeft += node.left;
        seen.sessions += 1;
        if (seen.state !== 'usable' && verdict === 'usable') seen.state = verdict;
        continue;
      }
      if (nodes.size >= VIEW_NODES_MAX) {
        leftOut += 1;
        continue;
      }
      const score = this.o.scores.of(session.chain, node.id);
      const word = view?.wordOf(node.id) ?? null;
      const [p50, p95] = score.quantiles([0.5, 0.95]) ?? [];
      const agreed = view?.height ?? null;
      nodes.set(key, {
        chain: this.#slug(session.chain),
        node: node.id,
        url: node.url,
        operator: node.operator,
        height: word,
        lag: word === null || agreed === null ? null : Math.max(0, agreed - word),
        success: rounded(score.success),
        latencyMs: rounded(score.latencyMs),
        latencyP50Ms: p50 === undefined ? null : rounded(p50),
        latencyP95Ms: p95 === undefined ? null : rounded(p95),
        weight: rounded(weight),
        state: verdict,
        reason,
        relaysSent: node.sent,
        relaysLeft: node.left,
        sessions: 1,
      });
    }
    return leftOut;
  }

  #session(session: Session): SessionView {
    return {
      chain: this.#slug(session.chain),
      applicationId: session.application.id,
      startHeight: session.startHeight,
      endHeight: session.endHeight,
      nodes: session.nodes.length,
      relaysSent: session.nodes.reduce((sum, { sent }) => sum + sent, 0),
      relaysLeft: session.nodes.reduce((sum, { left }) => sum + left, 0),
    };
  }

  #chains(sessions: readonly SessionView[]): GatewayView['chains'] {
    const measured = this.o.health.lastMinute();
    const known = new Set(sessions.map(({ chain }) => chain));
    for (const id of measured.keys()) known.add(this.#slug(id));
    return this.o.chains.all
      .filter(({ slug }) => known.has(slug))
      .map(({ id, slug }) => ({
        chain: slug,
        height: this.o.views.of(id)?.height ?? null,
        callsLastMinute: measured.get(id)?.calls ?? 0,
        failedLastMinute: measured.get(id)?.failed ?? 0,
      }));
  }

  #slug(chainId: string): string {
    return this.#slugs.get(chainId) ?? chainId;
  }
}

function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
