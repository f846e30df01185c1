import { Counter, Gauge, type Registry } from 'prom-client';
import type { Chain, ChainCatalogue } from '#libs/chains';
import type { ErrorReason } from '#libs/jsonrpc';
import type { QuotaHooks } from '#libs/quota';
import type { ChunkShipperHooks, JournalHooks } from '#libs/receipts';
import type { ErrorClass, RelayHooks } from '#libs/relaying';
import { ChainHistogram, GatheredCount } from './gathered-metrics.js';
import type { CallObserver } from './relay/call-server.js';

/** Seconds; nodes answer between a millisecond and the deadline. */
const LATENCY_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

/**
 * The gateway's figures. Labels are bounded: chain slugs of the catalogue and fixed words, never a tenant, key, node or
 * request. What is counted for each call is gathered in memory and handed over when metrics are read.
 */
export class GatewayMetrics implements CallObserver {
  readonly relayHooks: RelayHooks;
  readonly quotaHooks: QuotaHooks;
  readonly journalHooks: JournalHooks;
  readonly shipperHooks: ChunkShipperHooks;
  /** A relay went out without a lease of the session allowance. */
  readonly relayUnshared: () => void;
  readonly setWebSocketConnections: (count: number) => void;
  readonly #calls: Counter<'chain' | 'outcome'>;
  readonly #notifications: Counter<'chain'>;
  readonly #durations: ChainHistogram;
  /** By chain, then by outcome. */
  readonly #heldCalls = new Map<string, Map<string, GatheredCount>>();

  constructor(
    private readonly registry: Registry,
    chains: ChainCatalogue,
  ) {
    const registers = [registry];
    this.#calls = new Counter({
      name: 'gateway_calls_total',
      help: 'Calls by chain and outcome: served, local, or the reason of the refusal.',
      labelNames: ['chain', 'outcome'],
      registers,
      collect: () => flush(this.#heldCalls),
    });
    this.#durations = new ChainHistogram({
      name: 'gateway_call_duration_seconds',
      help: 'Time from a read call to its answer.',
      buckets: LATENCY_BUCKETS,
      registers,
    });
    const heldAttempts = new Map<string, Map<string, GatheredCount>>();
    const attempts = new Counter({
      name: 'gateway_relay_attempts_total',
      help: 'Relays sent to nodes, by outcome.',
      labelNames: ['chain', 'outcome'],
      registers,
      collect: () => flush(heldAttempts),
    });
    const attemptDurations = new ChainHistogram({
      name: 'gateway_relay_attempt_duration_seconds',
      help: 'Time a node took to answer.',
      buckets: LATENCY_BUCKETS,
      registers,
    });
    const sessions = new Counter({
      name: 'gateway_sessions_total',
      help: 'Sessions loaded from the ledger, adopted from a node, or failed to load.',
      labelNames: ['outcome'],
      registers,
    });
    const degraded = new Counter({
      name: 'gateway_degraded_calls_total',
      help: 'Calls served by the least bad node because none was in good standing.',
      labelNames: ['chain'],
      registers,
    });
    const authFaults = new Counter({
      name: 'gateway_application_faults_total',
      help: 'Relays refused because of our application, token or stake.',
      labelNames: ['chain'],
      registers,
    });
    const forged = new Counter({
      name: 'gateway_forged_answers_total',
      help: 'Answers whose node signature does not verify.',
      labelNames: ['chain'],
      registers,
    });
    const probes = new Counter({
      name: 'gateway_probes_total',
      help: 'Probes of nodes, by what they found.',
      labelNames: ['chain', 'outcome'],
      registers,
    });
    const hedges = new Counter({
      name: 'gateway_hedges_total',
      help: 'Second nodes asked because the first took long.',
      labelNames: ['chain'],
      registers,
    });
    const quarantines = new Counter({
      name: 'gateway_quarantines_total',
      help: 'Times a node was shut out because its answers are wrong.',
      labelNames: ['chain', 'reason'],
      registers,
    });
    const height = new Gauge({ name: 'gateway_block_height', help: 'Newest height known.', registers });
    const signatures = new Counter({ name: 'gateway_signatures_total', help: 'Relays signed.', registers });
    const signatureRuns = new Counter({
      name: 'gateway_signature_runs_total',
      help: 'Runs in which gathered signatures were made.',
      registers,
    });
    const journalReceipts = new Counter({
      name: 'gateway_journal_receipts_total',
      help: 'Receipts written.',
      registers,
    });
    const journalBytes = new Counter({
      name: 'gateway_journal_bytes_total',
      help: 'Bytes of receipts written.',
      registers,
    });
    const journalWrites = new Counter({
      name: 'gateway_journal_writes_total',
      help: 'Writes to the journal.',
      registers,
    });
    const journalFailures = new Counter({ name: 'gateway_journal_failures_total', help: 'Failed writes.', registers });
    const chunks = new Counter({
      name: 'gateway_chunks_total',
      help: 'Receipt chunks by step: sealed, enqueued, confirmed, failed.',
      labelNames: ['step'],
      registers,
    });
    const quotaRefused = new Counter({
      name: 'gateway_quota_refused_units_total',
      help: 'Units refused, by reason.',
      labelNames: ['reason'],
      registers,
    });
    const quotaFailOpen = new Counter({
      name: 'gateway_quota_fail_open_units_total',
      help: 'Units admitted without a lease while Redis was away.',
      registers,
    });
    const quotaCalls = new Counter({
      name: 'gateway_quota_redis_calls_total',
      help: 'Calls of the limiter to Redis, by outcome.',
      labelNames: ['outcome'],
      registers,
    });
    const quotaStateLost = new Counter({
      name: 'gateway_quota_state_lost_total',
      help: 'Times Redis lost the state of the limits.',
      registers,
    });
    const unshared = new Counter({
      name: 'gateway_unshared_relays_total',
      help: "Relays sent without a lease of their node's session allowance, because Redis did not answer.",
      registers,
    });
    this.relayUnshared = () => unshared.inc();
    this.#notifications = new Counter({
      name: 'gateway_websocket_notifications_total',
      help: 'Notifications sent, each counted for each subscriber. They cost nothing; the relays they come from do.',
      labelNames: ['chain'],
      registers,
    });
    const websockets = new Gauge({
      name: 'gateway_websocket_connections',
      help: 'Open WebSocket connections.',
      registers,
    });
    const slugs = new Map(chains.all.map((chain) => [chain.id, chain.slug]));
    const slug = (id: string): string => slugs.get(id) ?? 'other';
    this.relayHooks = {
      onAttempt: (chain: string, outcome: 'ok' | ErrorClass, durationMs: number) => {
        held(heldAttempts, chain, outcome, () => attempts.labels(slug(chain), outcome)).inc();
        attemptDurations.of(slug(chain)).observe(durationMs / 1_000);
      },
      onSession: (outcome) => sessions.inc({ outcome }),
      onDegraded: (chain) => degraded.inc({ chain: slug(chain) }),
      onHeight: (value) => height.set(value),
      onSigned: (count) => {
        signatures.inc(count);
        signatureRuns.inc();
      },
      onAuthFault: (_application, chain) => authFaults.inc({ chain: slug(chain) }),
      onHedge: (chain) => hedges.inc({ chain: slug(chain) }),
      onProbe: (chain, outcome) => probes.inc({ chain: slug(chain), outcome }),
      onQuarantine: (chain, reason) => quarantines.inc({ chain: slug(chain), reason }),
      onForged: (_node, chain) => forged.inc({ chain: slug(chain) }),
    };
    this.quotaHooks = {
      onRefused: (reason, units) => quotaRefused.inc({ reason }, units),
      onFailOpen: (units) => quotaFailOpen.inc(units),
      onRedisCall: (outcome) => quotaCalls.inc({ outcome }),
      onStateLost: () => quotaStateLost.inc(),
    };
    this.journalHooks = {
      onWrite: (receipts, bytes) => {
        journalWrites.inc();
        journalReceipts.inc(receipts);
        journalBytes.inc(bytes);
      },
      onWriteFailed: () => journalFailures.inc(),
      onSealed: () => chunks.inc({ step: 'sealed' }),
    };
    this.shipperHooks = {
      onEnqueued: () => chunks.inc({ step: 'enqueued' }),
      onConfirmed: () => chunks.inc({ step: 'confirmed' }),
      onFailed: () => chunks.inc({ step: 'failed' }),
    };
    this.setWebSocketConnections = (count) => websockets.set(count);
  }

  /** A subscription's notification went to one subscriber. */
  notificationSent(chain: Chain): void {
    this.#notifications.inc({ chain: chain.slug });
  }

  callEnded(chain: Chain, outcome: 'served' | 'local' | ErrorReason, durationMs: number): void {
    held(this.#heldCalls, chain.slug, outcome, () => this.#calls.labels(chain.slug, outcome)).inc();
    this.#durations.of(chain.slug).observe(durationMs / 1_000);
  }

  /** Adds the gauges that are read when metrics are collected. */
  sample(state: { inFlight(): number; ready(): boolean; backlog(): number; subscriptions(): number }): void {
    const add = (name: string, help: string, read: () => number): void => {
      const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect: () => gauge.set(read()) });
    };
    add('gateway_calls_in_flight', 'Calls under way.', () => state.inFlight());
    add('gateway_websocket_subscriptions', 'Open subscriptions.', () => state.subscriptions());
    add('gateway_ready', '1 when relays can be served.', () => (state.ready() ? 1 : 0));
    add('gateway_journal_backlog_chunks', 'Chunks on disk that PostgreSQL has not confirmed.', () => state.backlog());
  }
}

/** The count of a chain and an outcome; made once. Two look-ups cost less than a key made of both. */
function held(
  counts: Map<string, Map<string, GatheredCount>>,
  chain: string,
  outcome: string,
  child: () => Counter.Internal,
): GatheredCount {
  let ofChain = counts.get(chain);
  if (ofChain === undefined) counts.set(chain, (ofChain = new Map()));
  let count = ofChain.get(outcome);
  if (count === undefined) ofChain.set(outcome, (count = new GatheredCount(child())));
  return count;
}

function flush(counts: ReadonlyMap<string, ReadonlyMap<string, GatheredCount>>): void {
  for (const ofChain of counts.values()) for (const count of ofChain.values()) count.flush();
}
