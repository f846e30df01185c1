import type { RedisConnection } from '#libs/queues';
import { OperationsError } from './operations-error.js';

/** What one gateway sees of one node on one chain. */
export interface NodeView {
  /** Slug. */
  readonly chain: string;
  /** Public key, hex. */
  readonly node: string;
  readonly url: string;
  readonly operator: string;
  /** Height of the served chain, as the node last said; null: it never did. */
  readonly height: number | null;
  /** Blocks behind what the nodes together say; null where either is unknown. */
  readonly lag: number | null;
  /** Moving average of success, 0..1. */
  readonly success: number;
  readonly latencyMs: number;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  /** Share of traffic it deserves, 0..1. */
  readonly weight: number;
  /** `usable`, or what keeps it from relays. */
  readonly state: string;
  readonly reason: string | null;
  /** Over this gateway's sessions. */
  readonly relaysSent: number;
  readonly relaysLeft: number;
  readonly sessions: number;
}

/** A session that one gateway holds. */
export interface SessionView {
  readonly chain: string;
  readonly applicationId: string;
  readonly startHeight: number;
  readonly endHeight: number;
  readonly nodes: number;
  readonly relaysSent: number;
  readonly relaysLeft: number;
}

/** What a gateway tells of itself every few seconds. */
export interface GatewayView {
  readonly instanceId: string;
  /** Of the product. */
  readonly version: string;
  /** When this was put together; ISO 8601. */
  readonly asOf: string;
  readonly startedAt: string;
  readonly ready: boolean;
  readonly height: number;
  readonly callsInFlight: number;
  readonly eventLoopLatenessMs: number;
  readonly subscriptions: number;
  readonly journalBacklogChunks: number;
  readonly journalAccepting: boolean;
  /** Announcements of changes arrive; while false it may be behind. */
  readonly followsTenancy: boolean;
  readonly followsOperations: boolean;
  readonly tracesDropped: number;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The height that nodes of each chain agree on, and calls of the last minute. */
  readonly chains: ReadonlyArray<{
    readonly chain: string;
    readonly height: number | null;
    readonly callsLastMinute: number;
    readonly failedLastMinute: number;
  }>;
  readonly nodes: readonly NodeView[];
  readonly sessions: readonly SessionView[];
  /** What the bounds of this record left out. */
  readonly nodesLeftOut: number;
  readonly sessionsLeftOut: number;
}

/** Nodes and sessions in one record, at most. */
export const VIEW_NODES_MAX = 2_000;
/** See {@link VIEW_NODES_MAX}. */
export const VIEW_SESSIONS_MAX = 1_000;

/** One slot of a Redis Cluster holds all views, so that they are read at once. */
const KEY = '{portal-operations}:gateway:';
const LIST = '{portal-operations}:gateways';
/** A gateway that is silent for so long is gone. */
const EXPIRES_MS = 15_000;

/** Writes a gateway's view over its last one; it vanishes by itself when the gateway stops. */
export async function publishGatewayView(redis: RedisConnection, view: GatewayView, nowMs: number): Promise<void> {
  await redis
    .multi()
    .set(`${KEY}${view.instanceId}`, JSON.stringify(view), 'PX', String(EXPIRES_MS))
    .zadd(LIST, String(nowMs), view.instanceId)
    .zremrangebyscore(LIST, '-inf', String(nowMs - 4 * EXPIRES_MS))
    .exec();
}

/** Takes a gateway's view away at once, when it stops in order. */
export async function withdrawGatewayView(redis: RedisConnection, instanceId: string): Promise<void> {
  await redis.multi().del(`${KEY}${instanceId}`).zrem(LIST, instanceId).exec();
}

/** The views of the gateways that are alive, in the order of their ids. @throws OperationsError `queue-unavailable` */
export async function readGatewayViews(redis: RedisConnection): Promise<GatewayView[]> {
  try {
    const ids = await redis.zrange(LIST, '0', '-1');
    if (ids.length === 0) return [];
    const texts = await redis.mget(ids.map((id) => `${KEY}${id}`));
    const views = texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as GatewayView]));
    return views.toSorted((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
  } catch (error) {
    throw new OperationsError('queue-unavailable', 'Redis does not answer.', { cause: (error as Error).name });
  }
}

/** One node as all gateways together see it. */
export interface MergedNode extends Omit<NodeView, 'sessions'> {
  /** Of the oldest of the views. */
  readonly asOf: string;
  readonly gateways: ReadonlyArray<NodeView & { readonly instanceId: string; readonly asOf: string }>;
}

const STATES = [
  'usable',
  'not-vetted',
  'waits-for-another-to-be-payable',
  'spent',
  'resting',
  'circuit-open',
  'draining',
  'cordoned',
  'quarantined',
];

/**
 * Joins what gateways see: heights are the highest heard, latencies and success are the mean by gateway, relays are summed, and
 * the state is the worst that any of them sees.
 */
export function mergeNodes(views: readonly GatewayView[]): MergedNode[] {
  const byNode = new Map<string, Array<NodeView & { instanceId: string; asOf: string }>>();
  for (const { instanceId, asOf, nodes } of views) {
    for (const node of nodes) {
      const key = `${node.chain}/${node.node}`;
      const seen = byNode.get(key) ?? [];
      seen.push({ ...node, instanceId, asOf });
      byNode.set(key, seen);
    }
  }
  const merged = [...byNode.entries()].map(([key, seen]): [string, MergedNode] => {
    const first = seen[0]!;
    const worst = seen.toSorted((a, b) => STATES.indexOf(b.state) - STATES.indexOf(a.state))[0]!;
    return [
      key,
      {
        chain: first.chain,
        node: first.node,
        url: first.url,
        operator: first.operator,
        height: highest(seen.map(({ height }) => height)),
        lag: highest(seen.map(({ lag }) => lag)),
        success: mean(seen.map(({ success }) => success)),
        latencyMs: mean(seen.map(({ latencyMs }) => latencyMs)),
        latencyP50Ms: highest(seen.map(({ latencyP50Ms }) => latencyP50Ms)),
        latencyP95Ms: highest(seen.map(({ latencyP95Ms }) => latencyP95Ms)),
        weight: mean(seen.map(({ weight }) => weight)),
        state: worst.state,
        reason: worst.reason,
        relaysSent: seen.reduce((sum, { relaysSent }) => sum + relaysSent, 0),
        relaysLeft: Math.min(...seen.map(({ relaysLeft }) => relaysLeft)),
        asOf: seen.map(({ asOf }) => asOf).toSorted()[0]!,
        gateways: seen,
      },
    ];
  });
  return merged.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, node]) => node);
}

function highest(values: ReadonlyArray<number | null>): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function mean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  return Math.round((sum / Math.max(1, values.length)) * 1_000) / 1_000;
}
