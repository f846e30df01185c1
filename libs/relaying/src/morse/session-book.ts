import { type DispatchAnswer, maxPossibleRelays, sessionStartHeight } from '#libs/protocol';
import { LedgerRefusedError } from '#libs/ledger';
import type { RelayHooks } from '../hooks.js';
import { type ApplicationRef, type Session, SessionNode, SessionUnavailableError } from '../port.js';
import { operatorsOf } from '../core/operators.js';
import type { HeightTracker } from './height-tracker.js';

/** The parameters that shape sessions. */
export interface SessionParameters {
  readonly blocksPerSession: number;
  readonly sessionNodeCount: number;
  readonly minimumNumberOfProofs: number;
}

/** What the book asks of the ledger; `PocketRpcClient` satisfies it through a thin adapter. */
export interface SessionSource {
  dispatch(appPublicKeyHex: string, chain: string): Promise<DispatchAnswer>;
  /** The application's record at a height; null when it is not on chain then. */
  application(addressHex: string, height: number): Promise<{ maxRelays: bigint; chains: readonly string[] } | null>;
  parameters(height: number): Promise<SessionParameters>;
}

export interface SessionBookOptions {
  readonly source: SessionSource;
  readonly heights: HeightTracker;
  readonly hooks?: RelayHooks;
  readonly now?: () => number;
  /** Sessions loaded at the same time when a boundary is crossed; more would stampede the ledger. */
  readonly loadsMax?: number;
  /** After a failed load the old session serves for so long before the next try. */
  readonly retryPauseMs?: number;
}

interface Entry {
  readonly application: ApplicationRef;
  readonly chain: string;
  current: Session | null;
  loading: Promise<Session> | null;
  usedAtHeight: number;
  failedAtMs: number;
}

/**
 * Sessions per application and chain, kept by session height and never by age. One load serves all who wait for it;
 * when the height crosses a boundary the sessions in use are loaded at once, before traffic asks for them.
 */
export class SessionBook {
  readonly #entries = new Map<string, Entry>();
  readonly #now: () => number;
  readonly #hooks: RelayHooks;
  #parameters: { startHeight: number; value: SessionParameters } | null = null;
  readonly #unsubscribe: () => void;
  #prefetching = false;

  constructor(private readonly options: SessionBookOptions) {
    this.#now = options.now ?? Date.now;
    this.#hooks = options.hooks ?? {};
    this.#unsubscribe = options.heights.onHeight((height) => {
      this.#hooks.onHeight?.(height);
      void this.#prefetch();
    });
  }

  /** Stops listening to heights. */
  close(): void {
    this.#unsubscribe();
  }

  /** Sessions held. */
  get size(): number {
    return this.#entries.size;
  }

  /** The sessions held now, with when each was last asked for. */
  *sessions(): Iterable<{ readonly session: Session; readonly usedAtHeight: number }> {
    for (const { current, usedAtHeight } of this.#entries.values()) {
      if (current !== null) yield { session: current, usedAtHeight };
    }
  }

  /** Share of the current session's allowance that is left to this process, 0..1; 1 while no session is known. */
  left(publicKeyHex: string, chain: string): number {
    const session = this.#entries.get(`${publicKeyHex}/${chain}`)?.current;
    if (session === null || session === undefined || !this.#isCurrent(session)) return 1;
    let left = 0;
    let allowance = 0;
    for (const node of session.nodes) {
      left += node.left;
      allowance += node.allowance;
    }
    return allowance === 0 ? 0 : left / allowance;
  }

  /** The session for now; see `RelayLedgerPort.session`. */
  session(application: ApplicationRef, chain: string): Session | Promise<Session> {
    const entry = this.#entry(application, chain);
    const { current } = entry;
    entry.usedAtHeight = this.options.heights.height;
    if (current !== null && this.#isCurrent(current)) return current;
    if (current !== null && this.#now() - entry.failedAtMs < (this.options.retryPauseMs ?? 250)) return current;
    // With the ledger away the old session is better than nothing: a node that still accepts it serves.
    return this.#load(entry).catch((error: unknown) => {
      if (current !== null && !(error instanceof SessionUnavailableError && error.error === 'auth_fault'))
        return current;
      throw error;
    });
  }

  /** A session newer than `stale`, or the same when there is none; see `RelayLedgerPort.renew`. */
  async renew(stale: Session, hint: DispatchAnswer | null): Promise<Session> {
    const entry = this.#entry(stale.application, stale.chain);
    if (entry.current !== null && entry.current.startHeight > stale.startHeight) return entry.current;
    try {
      const loaded = await this.#load(entry);
      if (loaded.startHeight > stale.startHeight || hint === null) return loaded;
    } catch (error) {
      if (hint === null) {
        if (entry.current !== null) return entry.current;
        throw error;
      }
    }
    return (await this.#adopt(entry, hint)) ?? entry.current ?? stale;
  }

  #isCurrent(session: Session): boolean {
    return this.options.heights.height <= session.endHeight;
  }

  #entry(application: ApplicationRef, chain: string): Entry {
    const key = `${application.publicKeyHex}/${chain}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { application, chain, current: null, loading: null, usedAtHeight: 0, failedAtMs: -Infinity };
      this.#entries.set(key, entry);
    }
    return entry;
  }

  #load(entry: Entry): Promise<Session> {
    entry.loading ??= this.#fetch(entry).finally(() => {
      entry.loading = null;
    });
    return entry.loading;
  }

  async #fetch(entry: Entry): Promise<Session> {
    const startedAtMs = this.#now();
    try {
      const answer = await this.options.source.dispatch(entry.application.publicKeyHex, entry.chain);
      this.options.heights.told(answer.block_height);
      const session = await this.#take(entry, answer);
      this.#hooks.onSession?.('loaded', this.#now() - startedAtMs);
      return session;
    } catch (error) {
      entry.failedAtMs = this.#now();
      this.#hooks.onSession?.('failed', this.#now() - startedAtMs);
      if (error instanceof SessionUnavailableError) throw error;
      if (error instanceof LedgerRefusedError) {
        throw new SessionUnavailableError(
          error.code === 17 ? 'node_fault' : 'auth_fault',
          error.code === 17 ? 'too few nodes serve this chain' : `the ledger refuses a session (code ${error.code})`,
          { cause: error },
        );
      }
      throw new SessionUnavailableError('local_fault', 'the ledger does not answer', { cause: error });
    }
  }

  /** Takes a session that a node sent with a refusal, when it fits the grid and our own view; else null. */
  async #adopt(entry: Entry, hint: DispatchAnswer): Promise<Session | null> {
    const { header } = hint.session;
    if (header.app_public_key !== entry.application.publicKeyHex || header.chain !== entry.chain) return null;
    if (entry.current !== null && header.session_height <= entry.current.startHeight) return null;
    const before = this.options.heights.height;
    const { blocksPerSession } = await this.#parametersAt(header.session_height);
    if (header.session_height > before + 2 * blocksPerSession) return null;
    if (!this.options.heights.heard(hint.block_height)) return null;
    try {
      const session = await this.#take(entry, hint);
      this.#hooks.onSession?.('adopted', 0);
      return session;
    } catch (error) {
      if (error instanceof SessionUnavailableError) return null;
      throw error;
    }
  }

  /** Checks a dispatch answer and makes it the entry's session, unless the entry already holds that one or a later one. */
  async #take(entry: Entry, answer: DispatchAnswer): Promise<Session> {
    const { application, chain } = entry;
    const { header, nodes } = answer.session;
    if (header.app_public_key !== application.publicKeyHex || header.chain !== chain) {
      throw new SessionUnavailableError('local_fault', 'the dispatched session is for another application or chain');
    }
    const parameters = await this.#parametersAt(header.session_height);
    if (header.session_height !== sessionStartHeight(answer.block_height, parameters.blocksPerSession)) {
      throw new SessionUnavailableError('local_fault', 'the dispatched session does not belong to its height');
    }
    const { current } = entry;
    if (current !== null && current.startHeight === header.session_height && sameNodes(current, nodes)) return current;
    const allowance = await this.#allowance(application, chain, header.session_height, parameters);
    if (entry.current !== null && entry.current !== current && entry.current.startHeight >= header.session_height) {
      return entry.current;
    }
    const used = new Map(
      current?.startHeight === header.session_height ? current.nodes.map((node) => [node.id, node]) : [],
    );
    const urls = nodes.map((node) => node.service_url.replace(/\/+$/, ''));
    const operators = operatorsOf(
      nodes.map((node, index) => ({ url: urls[index] ?? '', outputAddress: node.output_address })),
    );
    const session: Session = {
      id: `${application.publicKeyHex}/${chain}/${header.session_height}`,
      application,
      chain,
      startHeight: header.session_height,
      endHeight: header.session_height + parameters.blocksPerSession - 1,
      minimumProofs: parameters.minimumNumberOfProofs,
      nodes: nodes.map((node, index) => {
        const url = urls[index] ?? '';
        const known = used.get(node.public_key);
        return known?.url === url ? known : new SessionNode(node.public_key, url, allowance, operators[index] ?? url);
      }),
    };
    entry.current = session;
    // Asked for before any height was known: count it as used in this session.
    if (entry.usedAtHeight === 0) entry.usedAtHeight = session.startHeight;
    entry.failedAtMs = -Infinity;
    return session;
  }

  async #allowance(
    application: ApplicationRef,
    chain: string,
    sessionHeight: number,
    parameters: SessionParameters,
  ): Promise<number> {
    const record = await this.options.source.application(application.addressHex, sessionHeight);
    if (record === null) {
      throw new SessionUnavailableError(
        'auth_fault',
        'the application was not staked when this session began; it can be used from the next session on',
      );
    }
    if (!record.chains.includes(chain)) {
      throw new SessionUnavailableError('auth_fault', 'the application is not staked for this chain in this session');
    }
    const allowance = maxPossibleRelays({
      maxRelays: record.maxRelays,
      chains: record.chains.length,
      sessionNodeCount: parameters.sessionNodeCount,
    });
    // A stock node ends its process on a relay whose allowance rounds to zero.
    if (allowance < 1n) {
      throw new SessionUnavailableError('auth_fault', "the application's stake buys no relay on this chain");
    }
    return Number(allowance > BigInt(Number.MAX_SAFE_INTEGER) ? BigInt(Number.MAX_SAFE_INTEGER) : allowance);
  }

  async #parametersAt(startHeight: number): Promise<SessionParameters> {
    if (this.#parameters?.startHeight === startHeight) return this.#parameters.value;
    const value = await this.options.source.parameters(startHeight);
    this.#parameters = { startHeight, value };
    return value;
  }

  /** Loads every session that is in use and over, a few at a time; forgets what has not been used for a session. */
  async #prefetch(): Promise<void> {
    if (this.#prefetching) return;
    this.#prefetching = true;
    try {
      const due: Entry[] = [];
      for (const [key, entry] of this.#entries) {
        if (entry.current === null || this.#isCurrent(entry.current)) continue;
        const length = entry.current.endHeight - entry.current.startHeight + 1;
        if (entry.usedAtHeight + 2 * length < this.options.heights.height) this.#entries.delete(key);
        else if (entry.usedAtHeight >= entry.current.startHeight) due.push(entry);
      }
      const lanes = Array.from({ length: Math.min(this.options.loadsMax ?? 8, due.length) }, async () => {
        for (let entry = due.pop(); entry !== undefined; entry = due.pop()) {
          await this.#load(entry).catch(() => undefined);
        }
      });
      await Promise.all(lanes);
    } finally {
      this.#prefetching = false;
    }
  }
}

function sameNodes(session: Session, nodes: ReadonlyArray<{ public_key: string; service_url: string }>): boolean {
  return (
    session.nodes.length === nodes.length &&
    session.nodes.every(
      (node, index) =>
        nodes[index]?.public_key === node.id && nodes[index].service_url.replace(/\/+$/, '') === node.url,
    )
  );
}
