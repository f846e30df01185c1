import type { Session, SessionNode } from '../port.js';
import type { NodeScores } from './node-scores.js';
import { capOperators } from './operators.js';

/** Slots of the wheel that the best node gets. */
const SLOTS_MAX = 16;
/** Picks after which the wheel is built anew, so that latencies and rests are followed. */
const PICKS_PER_BUILD = 256;
/** Age at which the wheel is built anew under little traffic. */
const BUILD_AGE_MS = 1_000;

/** What was chosen. */
export interface Pick {
  readonly node: SessionNode;
  /** No node was in good standing; this one is the least bad. */
  readonly degraded: boolean;
}

/** What an operator said of a node: absent, it may be used. */
export interface Closure {
  /** `cordon`: no relay from now on. `drain`: a batch that was begun is filled to the number that makes it payable, then none. */
  readonly mode: 'cordon' | 'drain';
}

/** Looks up what operators closed; asked when a wheel is built, never per relay. */
export type Closures = (chain: string, node: SessionNode) => Closure | null;

/** Why a node of a session gets the relays it gets. */
export interface Candidate {
  readonly node: SessionNode;
  readonly verdict:
    | 'usable'
    | 'spent'
    | 'cordoned'
    | 'draining'
    | 'quarantined'
    | 'circuit-open'
    | 'resting'
    | 'not-vetted'
    | 'waits-for-another-to-be-payable';
  /** The quarantine's reason where there is one. */
  readonly reason: string | null;
  readonly weight: number;
  /** Share of the wheel's slots, 0..1. */
  readonly share: number;
}

interface Wheel {
  readonly slots: readonly SessionNode[];
  readonly degraded: boolean;
  readonly builtAtMs: number;
  /** Nodes are still being filled to the number of relays that makes them payable. */
  readonly filling: boolean;
  /** Position; carried over to the next wheel, so that no node gains by being the first slot. */
  next: number;
  picks: number;
}

/**
 * Chooses nodes by what is precomputed per session: a wheel of slots in proportion to each node's weight, walked in turn.
 *
 * - Never an empty pool: when every node with allowance left is resting, the least bad one serves, marked as degraded.
 * - Thin traffic: one node is filled to the session's minimum number of proofs before the next is opened, because a node
 *   below it goes unpaid.
 * - No operator gets more than half of a session's traffic while others are in good standing (two operators: 65 %).
 * - A node's allowance is never overdrawn by this process.
 * - What operators cordoned or drain serves only while nobody else can, before nodes whose answers are known to be wrong.
 */
export class NodeSelector {
  #wheels = new WeakMap<Session, Wheel>();

  constructor(
    private readonly scores: NodeScores,
    private readonly now: () => number = Date.now,
    private readonly closures: Closures = () => null,
  ) {}

  /** The node for the next attempt, none of `tried` while another has allowance left; null when the session is used up. */
  pick(session: Session, tried: ReadonlySet<string> | null): Pick | null {
    if (tried !== null && tried.size > 0) return this.#pickOther(session, tried) ?? this.#pickOther(session, NONE);
    let wheel = this.#wheels.get(session);
    if (wheel === undefined || wheel.filling || wheel.picks >= PICKS_PER_BUILD) wheel = this.#build(session);
    else if (wheel.picks % 16 === 0 && this.now() - wheel.builtAtMs > BUILD_AGE_MS) wheel = this.#build(session);
    for (let turn = 0; turn < wheel.slots.length; turn += 1) {
      const node = wheel.slots[wheel.next % wheel.slots.length];
      wheel.next += 1;
      wheel.picks += 1;
      if (node !== undefined && node.left > 0) return { node, degraded: wheel.degraded };
    }
    const rebuilt = this.#build(session);
    const node = rebuilt.slots[0];
    return node === undefined ? null : { node, degraded: rebuilt.degraded };
  }

  /** Something about a node of this session changed for the worse: forget the wheel. */
  changed(session: Session): void {
    this.#wheels.delete(session);
  }

  /** What operators closed has changed: forget every wheel. */
  closuresChanged(): void {
    this.#wheels = new WeakMap();
  }

  /** Every node of the session with the reason why it does or does not get relays now; for explanations, not for choosing. */
  candidates(session: Session): Candidate[] {
    const nowMs = this.now();
    const wheel = this.#wheels.get(session) ?? this.#build(session);
    return session.nodes.map((node) => {
      const score = this.#score(session, node);
      const slots = wheel.slots.filter((slot) => slot === node).length;
      const closure = this.closures(session.chain, node);
      let verdict: Candidate['verdict'] = 'usable';
      if (node.left === 0) verdict = 'spent';
      else if (this.#closed(session, node)) verdict = closure?.mode === 'drain' ? 'draining' : 'cordoned';
      else if (score.quarantined(nowMs)) verdict = 'quarantined';
      else if (score.breaker.isOpen(nowMs)) verdict = 'circuit-open';
      else if (score.resting(nowMs)) verdict = 'resting';
      else if (slots === 0) verdict = wheel.filling ? 'waits-for-another-to-be-payable' : 'not-vetted';
      return {
        node,
        verdict,
        reason: verdict === 'quarantined' ? score.quarantineReason : null,
        weight: score.weight,
        share: wheel.slots.length === 0 ? 0 : slots / wheel.slots.length,
      };
    });
  }

  #closed(session: Session, node: SessionNode): boolean {
    const closure = this.closures(session.chain, node);
    if (closure === null) return false;
    // A batch below the minimum goes unpaid: draining lets it be filled, because its relays were served already.
    return !(closure.mode === 'drain' && node.sent > 0 && node.sent < session.minimumProofs);
  }

  #build(session: Session): Wheel {
    const nowMs = this.now();
    const usable = session.nodes.filter((node) => node.left > 0);
    const standing = usable.filter(
      (node) => !this.scores.of(session.chain, node.id).resting(nowMs) && !this.#closed(session, node),
    );
    // Where probes run, a node waits for its first one as long as others have passed theirs.
    const vetted = standing.filter((node) => this.scores.of(session.chain, node.id).vettedAtMs > -Infinity);
    const healthy = vetted.length > 0 ? vetted : standing;
    let slots: SessionNode[];
    let filling = false;
    if (healthy.length === 0) {
      slots = usable.toSorted((a, b) => this.#rank(session, b, nowMs) - this.#rank(session, a, nowMs)).slice(0, 1);
    } else {
      const fill = nodeToFill(healthy, session.minimumProofs, (node) => this.#score(session, node).weight);
      filling = fill !== null;
      slots = fill !== null ? [fill] : this.#spread(session, healthy);
    }
    const wheel: Wheel = {
      slots,
      degraded: healthy.length === 0 && usable.length > 0,
      builtAtMs: nowMs,
      filling,
      next: (this.#wheels.get(session)?.next ?? 0) % Math.max(1, slots.length),
      picks: 0,
    };
    this.#wheels.set(session, wheel);
    return wheel;
  }

  /** Slots in proportion to weight, the nodes interleaved so that neighbours in time go to different nodes. */
  #spread(session: Session, nodes: readonly SessionNode[]): SessionNode[] {
    const weights = capOperators(
      nodes.map((node) => node.operator),
      nodes.map((node) => this.#score(session, node).weight),
    );
    const best = Math.max(...weights);
    const shares = weights.map((weight) => Math.max(1, Math.round((SLOTS_MAX * weight) / best)));
    const slots: SessionNode[] = [];
    for (let round = 0; round < SLOTS_MAX; round += 1) {
      nodes.forEach((node, index) => {
        const share = shares[index] ?? 1;
        if (Math.floor(((round + 1) * share) / SLOTS_MAX) > Math.floor((round * share) / SLOTS_MAX)) slots.push(node);
      });
    }
    return slots;
  }

  /** The best node that was not tried, of an operator that was not tried where there is one in good standing. */
  #pickOther(session: Session, tried: ReadonlySet<string>): Pick | null {
    const nowMs = this.now();
    const operators = new Set(session.nodes.filter((node) => tried.has(node.id)).map((node) => node.operator));
    let best: SessionNode | null = null;
    let bestRank = -Infinity;
    for (const node of session.nodes) {
      if (node.left === 0 || tried.has(node.id)) continue;
      const standing = this.#rank(session, node, nowMs);
      const rank = standing + (standing >= GOOD_STANDING && !operators.has(node.operator) ? 4 : 0);
      if (rank > bestRank) {
        best = node;
        bestRank = rank;
      }
    }
    return best === null ? null : { node: best, degraded: bestRank < GOOD_STANDING };
  }

  /**
   * Order of preference: good standing, then those that fail, then those that operators closed, then those whose answers are
   * wrong; by weight within.
   */
  #rank(session: Session, node: SessionNode, nowMs: number): number {
    const score = this.#score(session, node);
    const closed = this.#closed(session, node);
    if (score.quarantined(nowMs)) return closed ? score.weight - 1 : score.weight;
    if (closed) return 1 + score.weight * (score.resting(nowMs) ? 0.2 : 0.5);
    return score.weight + (score.resting(nowMs) ? 1.5 : GOOD_STANDING);
  }

  #score(session: Session, node: SessionNode) {
    return this.scores.of(session.chain, node.id);
  }
}

/** Least rank of a node in good standing; weights are at most 1. */
const GOOD_STANDING = 3;
const NONE: ReadonlySet<string> = new Set();

/** The node to fill next, null when all of them have what makes them payable. */
function nodeToFill(
  nodes: readonly SessionNode[],
  minimumProofs: number,
  weight: (node: SessionNode) => number,
): SessionNode | null {
  let opened: SessionNode | null = null;
  let unopened: SessionNode | null = null;
  for (const node of nodes) {
    if (node.sent >= minimumProofs) continue;
    if (node.sent > 0) {
      if (opened === null || node.sent > opened.sent) opened = node;
    } else if (unopened === null || weight(node) > weight(unopened)) {
      unopened = node;
    }
  }
  return opened ?? unopened;
}
