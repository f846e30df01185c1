import type { RelayHooks } from '../hooks.js';
import type { RelayIntent, RelayLedgerPort, Session, SessionNode } from '../port.js';
import type { ChainView } from './chain-view.js';
import { type ChainViews, type ProbedChain, parseQuantity } from './chain-views.js';
import type { NodeScores, QuarantineReason } from './node-scores.js';
import type { NodeSelector } from './node-selector.js';
import { NodeTransportError, type NodeTransport } from './node-transport.js';
import type { SignedAnswer } from './signed-answer.js';

/** What a node said under probe, or why it could not be asked. */
type Finding = 'ok' | 'failed' | 'nobody' | QuarantineReason;

export interface NodeProberOptions {
  readonly ledger: RelayLedgerPort;
  readonly transport: NodeTransport;
  readonly scores: NodeScores;
  readonly selector: NodeSelector;
  readonly views: ChainViews;
  readonly hooks?: RelayHooks;
  /** Every signed answer to a probe: it cost a relay and must be receipted. */
  readonly onAnswer: (answer: SignedAnswer) => void;
  /** Probes per client relay, at most; 0 turns probing off. First looks at unknown nodes are outside of it. */
  readonly share: number;
  /** Shortest pause between two probes of one node. */
  readonly intervalMs?: number;
  /** Longest time that a call waits for the first look at nodes nobody knows. */
  readonly patienceMs?: number;
  readonly timeoutMs?: number;
  /** Monotonic milliseconds. */
  readonly clock?: () => number;
}

/** A node seen to be right is not looked at again before a session needs it for so long. */
const VETTED_MS = 10 * 60_000;
const BUDGET_MAX = 100;
const TICK_MS = 100;
/** After a lie all nodes are asked at once, but one that was asked so lately has nothing new to say. */
const RECHECK_MS_MIN = 50;
/** Probes that looking again after a lie may borrow; they are saved up before the next round in turn. */
const OVERDRAFT_MAX = 20;
const ANSWER_BYTES_MAX = 256 * 1024;

/**
 * Asks nodes of the sessions in use, in one relay, which chain they serve, how high it stands and what one past block's
 * hash is, and quarantines those that serve another chain, lag behind or lie.
 *
 * Nodes are asked once before their first call, then in turn while they carry traffic, for a bounded share of the relays.
 */
export class NodeProber {
  readonly #o: NodeProberOptions;
  readonly #clock: () => number;
  readonly #vetting = new WeakMap<Session, Promise<void>>();
  readonly #cold = new WeakSet<Session>();
  readonly #watched = new Set<Session>();
  readonly #askedAtMs = new WeakMap<SessionNode, number>();
  readonly #asking = new Set<SessionNode>();
  #budget = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: NodeProberOptions) {
    this.#o = options;
    this.#clock = options.clock ?? (() => performance.now());
  }

  /** Begins to probe in turn. */
  start(): void {
    // The share may be raised later, while calls are served.
    this.#timer = setInterval(() => {
      if (this.#o.share > 0) void this.tick();
    }, TICK_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#watched.clear();
  }

  /**
   * Tells of a relay in this session. Returns a promise only while none of the session's nodes has ever been looked at:
   * the caller should wait for it, which takes no longer than the patience.
   */
  seen(session: Session): Promise<void> | null {
    if (this.#o.share <= 0) return null;
    if (this.#budget < BUDGET_MAX) this.#budget += this.#o.share;
    const vetting = this.#vetting.get(session);
    if (vetting === undefined) return this.#begin(session);
    return this.#cold.has(session) ? vetting : null;
  }

  /** One round over the nodes in use; resolves when its probes have ended. */
  async tick(): Promise<void> {
    const nowMs = this.#clock();
    const height = this.#o.ledger.height();
    const due: Promise<unknown>[] = [];
    for (const session of this.#watched) {
      if (session.endHeight < height) {
        this.#watched.delete(session);
        continue;
      }
      for (const node of session.nodes) {
        if (this.#budget < 1) break;
        const pauseMs = this.#o.intervalMs ?? 250;
        if (nowMs - (this.#askedAtMs.get(node) ?? -Infinity) < pauseMs) continue;
        if (!this.#worthAsking(session, node, nowMs)) continue;
        this.#budget -= 1;
        due.push(this.#probe(session, node));
      }
    }
    await Promise.all(due);
  }

  /**
   * A node of this chain was found to be wrong, here or by the calls of clients: nodes of one operator begin to lie together, so
   * all that are in use are asked at once instead of each in its turn. Resolves when they have been.
   */
  async suspect(chain: string): Promise<void> {
    if (this.#o.share <= 0) return;
    const nowMs = this.#clock();
    const height = this.#o.ledger.height();
    const due: Promise<unknown>[] = [];
    for (const session of this.#watched) {
      if (session.chain !== chain || session.endHeight < height) continue;
      for (const node of session.nodes) {
        if (this.#budget <= -OVERDRAFT_MAX) break;
        if (nowMs - (this.#askedAtMs.get(node) ?? -Infinity) < RECHECK_MS_MIN) continue;
        if (!this.#worthAsking(session, node, nowMs)) continue;
        this.#budget -= 1;
        due.push(this.#probe(session, node));
      }
    }
    await Promise.all(due);
  }

  #worthAsking(session: Session, node: SessionNode, nowMs: number): boolean {
    // A node that was never opened stays closed: a single relay would go unpaid.
    if (node.left < 1 || node.sent < Math.max(1, session.minimumProofs)) return false;
    const score = this.#o.scores.of(session.chain, node.id);
    // Lies are not forgiven by asking again; a node that only lagged may have caught up.
    return !score.quarantined(nowMs) || score.quarantineReason === 'stale';
  }

  #begin(session: Session): Promise<void> | null {
    if (this.#o.views.known(session.chain) === null) {
      this.#vetting.set(session, DONE);
      return null;
    }
    this.#watched.add(session);
    const nowMs = this.#clock();
    const known = (node: SessionNode): number => nowMs - this.#o.scores.of(session.chain, node.id).vettedAtMs;
    const unknown = session.nodes.filter((node) => node.left > 0 && known(node) > VETTED_MS);
    const cold = session.nodes.every((node) => known(node) === Infinity);
    const vetting = Promise.all(unknown.map((node) => this.#probe(session, node))).then(() => {
      this.#cold.delete(session);
      // The first to be asked spoke before anything was agreed.
      const view = this.#o.views.of(session.chain);
      for (const node of unknown) if (view?.lags(node.id) === true) this.#condemn(session, node.id, 'stale');
      this.#o.selector.changed(session);
    });
    const bounded = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#o.patienceMs ?? 500);
      void vetting.finally(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#vetting.set(session, bounded);
    if (!cold) return null;
    this.#cold.add(session);
    return bounded;
  }

  async #probe(session: Session, node: SessionNode): Promise<void> {
    const chain = this.#o.views.known(session.chain);
    if (chain === null || this.#asking.has(node)) return;
    this.#asking.add(node);
    this.#askedAtMs.set(node, this.#clock());
    try {
      const found = await this.#ask(session, node, chain);
      if (found === 'nobody') return;
      this.#o.hooks?.onProbe?.(session.chain, found);
      if (found === 'ok') this.#o.scores.vetted(session.chain, node.id);
      else if (found === 'failed') this.#o.scores.failed(session.chain, node.id, node.url);
      else {
        this.#condemn(session, node.id, found);
        // Which of the first nodes to speak is wrong is only known once all of them have spoken.
        if (!this.#cold.has(session)) void this.suspect(session.chain);
      }
    } finally {
      this.#asking.delete(node);
    }
  }

  async #ask(session: Session, node: SessionNode, chain: ProbedChain): Promise<Finding> {
    const { ledger, transport, views } = this.#o;
    const view = views.of(session.chain);
    if (view === null) return 'nobody';
    const checkpoint = view.checkpoint();
    const intent = questions(checkpoint);
    const prepared = await ledger.prepare(session, node, intent);
    if (prepared.withheld === true) {
      node.exhausted = true;
      return 'nobody';
    }
    node.sent += 1;
    const startedMs = this.#clock();
    let reply;
    try {
      reply = await transport.send(node.url, prepared.path, prepared.body, {
        timeoutMs: this.#o.timeoutMs ?? 5_000,
        bytesMax: ANSWER_BYTES_MAX,
      });
    } catch (error) {
      if (!(error instanceof NodeTransportError)) throw error;
      return error.fault === 'closed' ? 'nobody' : 'failed';
    }
    const verdict = ledger.read(prepared, reply.status, reply.body);
    if (!verdict.ok) {
      if (verdict.error === 'exhausted') node.exhausted = true;
      return verdict.error === 'node_fault' || verdict.error === 'backend_error' ? 'failed' : 'nobody';
    }
    const verified = ledger.verify(prepared, verdict.response, verdict.evidence);
    if (!verified) return 'forged';
    this.#o.onAnswer({
      bytes: Buffer.from(verdict.response),
      scan: null,
      session,
      node,
      evidence: verdict.evidence,
      verified,
      durationUs: Math.max(0, Math.round((this.#clock() - startedMs) * 1_000)),
      bytesIn: intent.data.length,
    });
    const said = readAnswers(verdict.response);
    if (said === null) return 'failed';
    if (said.chainId !== null && said.chainId !== chain.evmChainId) return 'wrong-chain';
    // The first block was settled before anybody had a reason to lie; whoever denies it has no vote on later ones.
    if (said.genesis !== null && this.#denied(session, node, view, 0, said.genesis)) return 'lying';
    if (said.hash !== null && this.#denied(session, node, view, checkpoint, said.hash)) return 'lying';
    if (said.height !== null && view.hear(node.id, said.height, this.#clock()) === 'stale') return 'stale';
    return said.chainId === null || said.height === null || said.hash === null ? 'failed' : 'ok';
  }

  /** Takes a node's vote on a block and condemns others that it outvotes; returns whether the node itself lies. */
  #denied(session: Session, node: SessionNode, view: ChainView, block: number, hash: string): boolean {
    let lies = false;
    for (const liar of view.vote(node.id, block, hash)) {
      if (liar === node.id) lies = true;
      else this.#condemn(session, liar, 'lying');
    }
    return lies;
  }

  #condemn(session: Session, nodeId: string, reason: QuarantineReason): void {
    this.#o.scores.quarantine(session.chain, nodeId, reason);
    if (reason !== 'stale') this.#o.views.of(session.chain)?.discount(nodeId);
    this.#o.hooks?.onQuarantine?.(session.chain, reason, nodeId);
    this.#o.selector.changed(session);
    for (const other of this.#watched) if (other.chain === session.chain) this.#o.selector.changed(other);
  }
}

const DONE = Promise.resolve();

/** All questions in one relay: a batch is paid once. */
function questions(checkpoint: number): RelayIntent {
  const ask = (id: number, method: string, params: readonly unknown[]): object => ({
    jsonrpc: '2.0',
    id,
    method,
    params,
  });
  const data = JSON.stringify([
    ask(1, 'eth_chainId', []),
    ask(2, 'eth_getBlockByNumber', [`0x${checkpoint.toString(16)}`, false]),
    ask(3, 'eth_blockNumber', []),
    // Costs nothing in the same batch, and every honest node knows it whatever it has pruned.
    ask(4, 'eth_getBlockByNumber', ['0x0', false]),
  ]);
  return { data, httpMethod: 'POST', path: '', headers: null };
}

interface Said {
  readonly chainId: number | null;
  readonly height: number | null;
  readonly hash: string | null;
  /** Of the chain's first block. */
  readonly genesis: string | null;
}

/** Null when it is no answer to a batch at all. A block that a node does not hold is hash null. */
function readAnswers(response: string): Said | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(response);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const results = new Map<unknown, unknown>();
  for (const item of parsed as unknown[]) {
    if (typeof item === 'object' && item !== null && 'id' in item && 'result' in item)
      results.set(item.id, item.result);
  }
  const hashOf = (block: unknown): string | null =>
    typeof block === 'object' && block !== null && 'hash' in block && typeof block.hash === 'string'
      ? block.hash.toLowerCase()
      : null;
  return {
    chainId: parseQuantity(results.get(1)),
    height: parseQuantity(results.get(3)),
    hash: hashOf(results.get(2)),
    genesis: hashOf(results.get(4)),
  };
}
