import pg from 'pg';
import { hashSecret, parseKey } from '../api-key.js';
import { compilePolicy } from '#libs/policy';
import { ChangeListener, type TenancyChange } from './change-listener.js';
import { EndpointIndex } from './endpoint-index.js';
import type { EndpointSnapshot, EndpointState } from './endpoint-snapshot.js';
import { type KeyRow, endpointStates, keyByHash, liveKeys, markKeysUsed } from './snapshot-queries.js';

/** How a {@link SnapshotStore} is set up. */
export interface SnapshotStoreOptions {
  /** PostgreSQL connection URL. */
  readonly url: string;
  /** The pepper under which keys were hashed. */
  readonly pepper: string;
  /** Relays a day per staked POKT; default 40. */
  readonly relaysPerPoktPerDay?: number;
  /** Most keys held in memory; the one held longest goes first, and is read again when it is used. Default 100,000. */
  readonly keysMax?: number;
  /** Most unknown keys remembered; default 10,000. */
  readonly unknownKeysMax?: number;
  /** For how long an unknown key is refused without asking again; default 30,000. A new key clears this at once. */
  readonly unknownKeyMs?: number;
  /** Pooled connections for misses and refreshes; default 4, which also bounds what a flood of unknown keys can cost. */
  readonly connectionsMax?: number;
  /** How often key use is reported; default 30,000. */
  readonly lastUsedReportMs?: number;
  /** Told of faults that did not stop it: a lost connection, a refresh that will be repeated. */
  readonly onFault?: (fault: { readonly what: string; readonly error: Error }) => void;
  readonly clock?: () => number;
}

/** Nobody can tell now whether the key exists: PostgreSQL is away or flooded. Trying again may help. */
export class SnapshotUnavailableError extends Error {
  override readonly name = 'SnapshotUnavailableError';
}

/** Figures of a {@link SnapshotStore}, for metrics. */
export interface SnapshotStats {
  readonly keys: number;
  readonly endpoints: number;
  readonly unknownKeys: number;
  readonly hits: number;
  readonly misses: number;
  readonly refreshes: number;
  /** Announcements arrive; while false, memory may be behind. */
  readonly connected: boolean;
}

interface KeyEntry {
  readonly text: string;
  readonly keyId: string;
  row: KeyRow;
  snapshot: EndpointSnapshot;
  used: boolean;
}

/** Most look-ups that wait for PostgreSQL at once; a flood beyond them is refused instead of queued. */
const LOADS_MAX = 5_000;

/** How many endpoints one refresh statement reads. */
const REFRESH_BATCH = 500;
const REFRESH_RETRY_MS = 200;

/**
 * Key → endpoint, from memory, for the gateway's hot path.
 *
 * A known key answers synchronously; a miss asks PostgreSQL once however many requests wait for it. Triggers announce every
 * change: a revoked key is dropped on the announcement itself, everything else is re-read in the background while the old
 * state serves, so a busy key never waits. After a lost connection all of it is re-read. While PostgreSQL is away known keys
 * keep working from memory; unknown ones reject, because nobody can tell.
 */
export class SnapshotStore {
  private readonly pool: pg.Pool;
  private readonly listener: ChangeListener;
  private readonly relaysPerPoktPerDay: number;
  private readonly keysMax: number;
  private readonly unknownKeysMax: number;
  private readonly unknownKeyMs: number;
  private readonly clock: () => number;

  private readonly keys = new Map<string, KeyEntry>();
  private readonly keysById = new Map<string, KeyEntry>();
  private readonly endpoints = new Map<string, { state: EndpointState; readonly keys: Set<KeyEntry> }>();
  private readonly index = new EndpointIndex();
  private readonly unknown = new Map<string, number>();
  private readonly loading = new Map<string, Promise<EndpointSnapshot | null>>();

  /** Counts announcements, so that a read which began before one knows that it may be behind. */
  private changes = 0;
  private readonly stale = new Set<string>();
  private refreshing: Promise<void> | null = null;
  private retryTimer: NodeJS.Timeout | null = null;
  private lastUsedTimer: NodeJS.Timeout | null = null;
  private stopped = false;
  private hits = 0;
  private misses = 0;
  private refreshes = 0;

  constructor(private readonly options: SnapshotStoreOptions) {
    this.relaysPerPoktPerDay = options.relaysPerPoktPerDay ?? 40;
    this.keysMax = options.keysMax ?? 100_000;
    this.unknownKeysMax = options.unknownKeysMax ?? 10_000;
    this.unknownKeyMs = options.unknownKeyMs ?? 30_000;
    this.clock = options.clock ?? Date.now;
    this.pool = new pg.Pool({
      connectionString: options.url,
      application_name: 'pokt-portal-tenancy',
      max: options.connectionsMax ?? 4,
      connectionTimeoutMillis: 2_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    this.pool.on('error', (error) => this.fault('an idle connection was lost', error));
    this.listener = new ChangeListener(options.url, {
      onChange: (change) => this.apply(change),
      onConnected: () => this.markEverythingStale(),
      onDisconnected: (error) => this.fault('announcements stopped; serving from memory', error),
    });
  }

  /** Opens the announcements. Rejects when PostgreSQL does not answer; call it again to retry. */
  async start(): Promise<void> {
    await this.listener.start();
    this.lastUsedTimer = setInterval(() => void this.reportUse(), this.options.lastUsedReportMs ?? 30_000);
    this.lastUsedTimer.unref();
  }

  /**
   * What the key opens: at once when it is known here, else as a promise. null: malformed, unknown or revoked.
   * The promise rejects with a {@link SnapshotUnavailableError} when PostgreSQL cannot be asked.
   */
  resolve(key: string): EndpointSnapshot | null | Promise<EndpointSnapshot | null> {
    const entry = this.keys.get(key);
    if (entry !== undefined) {
      if (entry.row.expiresAt !== null && entry.row.expiresAt.getTime() <= this.clock()) {
        this.forget(entry);
        return null;
      }
      entry.used = true;
      this.hits += 1;
      return entry.snapshot;
    }
    if (parseKey(key) === 'malformed') return null;
    const refusedUntil = this.unknown.get(key);
    if (refusedUntil !== undefined) {
      if (refusedUntil > this.clock()) return null;
      this.unknown.delete(key);
    }
    let load = this.loading.get(key);
    if (load === undefined) {
      if (this.loading.size >= LOADS_MAX) return Promise.reject(new SnapshotUnavailableError('too many look-ups wait'));
      this.misses += 1;
      load = this.load(key)
        .catch((error: unknown) => {
          throw new SnapshotUnavailableError('PostgreSQL cannot be asked', { cause: error });
        })
        .finally(() => this.loading.delete(key));
      this.loading.set(key, load);
    }
    return load;
  }

  /** Figures for metrics. */
  stats(): SnapshotStats {
    return {
      keys: this.keys.size,
      endpoints: this.endpoints.size,
      unknownKeys: this.unknown.size,
      hits: this.hits,
      misses: this.misses,
      refreshes: this.refreshes,
      connected: this.listener.isConnected,
    };
  }

  /** Reports outstanding key use and closes every connection. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.lastUsedTimer) clearInterval(this.lastUsedTimer);
    if (this.retryTimer) clearTimeout(this.retryTimer);
    await this.listener.stop();
    await this.refreshing;
    await this.reportUse();
    await this.pool.end();
  }

  private async load(key: string): Promise<EndpointSnapshot | null> {
    const changesBefore = this.changes;
    const row = await keyByHash(this.pool, hashSecret(key, this.options.pepper));
    const state = row && (this.endpoints.get(row.endpointId)?.state ?? (await this.readEndpoint(row.endpointId)));
    if (!row || !state) {
      // A key made while we were asking must not be refused for the next half minute.
      if (this.changes === changesBefore) this.rememberUnknown(key);
      return null;
    }
    const entry: KeyEntry = { text: key, keyId: row.keyId, row, snapshot: withKey(state, row), used: true };
    this.insert(entry, state);
    if (this.changes !== changesBefore) this.markStale([row.endpointId]);
    return entry.snapshot;
  }

  private async readEndpoint(endpointId: string): Promise<EndpointState | undefined> {
    const states = await endpointStates(this.pool, [endpointId], this.relaysPerPoktPerDay);
    return states.get(endpointId);
  }

  private insert(entry: KeyEntry, state: EndpointState): void {
    this.keys.set(entry.text, entry);
    this.keysById.set(entry.keyId, entry);
    const endpoint = this.endpoints.get(state.endpointId);
    if (endpoint) endpoint.keys.add(entry);
    else {
      this.endpoints.set(state.endpointId, { state, keys: new Set([entry]) });
      this.index.add(state);
    }
    if (this.keys.size <= this.keysMax) return;
    const oldest = this.keys.values().next().value;
    if (oldest) this.forget(oldest);
  }

  private forget(entry: KeyEntry): void {
    // A refresh may still hold an entry that was dropped and loaded anew since.
    if (this.keys.get(entry.text) !== entry) return;
    this.keys.delete(entry.text);
    this.keysById.delete(entry.keyId);
    const endpoint = this.endpoints.get(entry.snapshot.endpointId);
    endpoint?.keys.delete(entry);
    if (endpoint?.keys.size !== 0) return;
    this.endpoints.delete(entry.snapshot.endpointId);
    this.index.remove(endpoint.state);
  }

  private rememberUnknown(key: string): void {
    if (this.unknown.size >= this.unknownKeysMax) {
      const oldest = this.unknown.keys().next().value;
      if (oldest !== undefined) this.unknown.delete(oldest);
    }
    this.unknown.set(key, this.clock() + this.unknownKeyMs);
  }

  private apply(change: TenancyChange): void {
    this.changes += 1;
    if (change.table === 'api_keys') {
      const entry = change.keyId === undefined ? undefined : this.keysById.get(change.keyId);
      if (change.gone && entry) this.forget(entry);
      else if (entry) this.markStale([entry.snapshot.endpointId]);
      if (!change.gone) this.unknown.clear();
      return;
    }
    this.markStale(this.affected(change));
  }

  private affected(change: TenancyChange): Iterable<string> {
    if (change.endpointId !== undefined) return this.endpoints.has(change.endpointId) ? [change.endpointId] : [];
    if (change.applicationId !== undefined) {
      // Applications of a tenant share its plan's cap by their stakes.
      const shared = change.tenantId === undefined ? [] : this.index.ofTenant(change.tenantId);
      return new Set([...this.index.ofApplication(change.applicationId), ...shared]);
    }
    if (change.planId !== undefined && change.tenantId === undefined) return this.ofPlan(change.planId);
    return change.tenantId === undefined ? [] : this.index.ofTenant(change.tenantId);
  }

  private ofPlan(planId: string): string[] {
    return [...this.endpoints].filter(([, { state }]) => state.planId === planId).map(([endpointId]) => endpointId);
  }

  private markEverythingStale(): void {
    this.changes += 1;
    this.unknown.clear();
    this.markStale(this.endpoints.keys());
  }

  private markStale(endpointIds: Iterable<string>): void {
    for (const endpointId of endpointIds) this.stale.add(endpointId);
    if (this.stale.size === 0 || this.refreshing || this.retryTimer || this.stopped) return;
    this.refreshing = this.refresh().finally(() => {
      this.refreshing = null;
      // Announced while the last statement ran.
      if (this.stale.size > 0) this.markStale([]);
    });
  }

  private async refresh(): Promise<void> {
    while (this.stale.size > 0 && !this.stopped) {
      const batch = [...this.stale].slice(0, REFRESH_BATCH);
      for (const endpointId of batch) this.stale.delete(endpointId);
      try {
        await this.refreshBatch(batch);
      } catch (error) {
        for (const endpointId of batch) this.stale.add(endpointId);
        this.fault('a refresh failed and will be repeated', error as Error);
        this.retryTimer = setTimeout(() => {
          this.retryTimer = null;
          this.markStale([]);
        }, REFRESH_RETRY_MS);
        this.retryTimer.unref();
        return;
      }
    }
  }

  private async refreshBatch(endpointIds: readonly string[]): Promise<void> {
    const entries = endpointIds.flatMap((endpointId) => [...(this.endpoints.get(endpointId)?.keys ?? [])]);
    if (entries.length === 0) return;
    this.refreshes += 1;
    const [states, live] = await Promise.all([
      endpointStates(this.pool, endpointIds, this.relaysPerPoktPerDay),
      liveKeys(
        this.pool,
        entries.map((entry) => entry.keyId),
      ),
    ]);
    for (const entry of entries) {
      const row = live.get(entry.keyId);
      if (!row || !states.has(entry.snapshot.endpointId)) this.forget(entry);
      else entry.row = row;
    }
    for (const [endpointId, state] of states) {
      const endpoint = this.endpoints.get(endpointId);
      if (!endpoint) continue;
      this.index.remove(endpoint.state);
      endpoint.state = state;
      this.index.add(state);
      for (const entry of endpoint.keys) entry.snapshot = withKey(state, entry.row);
    }
  }

  private async reportUse(): Promise<void> {
    const used = [...this.keys.values()].filter((entry) => entry.used);
    for (const entry of used) entry.used = false;
    if (used.length === 0) return;
    try {
      await markKeysUsed(
        this.pool,
        used.map((entry) => entry.keyId),
      );
    } catch (error) {
      for (const entry of used) entry.used = true;
      this.fault('key use was not reported', error as Error);
    }
  }

  private fault(what: string, error: Error): void {
    this.options.onFault?.({ what, error });
  }
}

function withKey(state: EndpointState, key: KeyRow): EndpointSnapshot {
  return Object.freeze({ ...state, keyId: key.keyId, policy: compilePolicy(state.rules, key.rules) });
}
