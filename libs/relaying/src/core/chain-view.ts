/** Words older than this do not count for the height. */
const FRESH_MS = 60_000;
/** A height that nobody confirms for so long is given up: the chain was reset, or we were deceived. */
const FLOOR_MS = 10 * 60_000;
/** Answers that a majority needs at least. */
const VOTES_MIN = 3;
/** Nodes and blocks remembered per chain. */
const NODES_MAX = 1_000;
const BLOCKS_MAX = 64;
/** A block so far behind the head is agreed on everywhere. */
const SETTLED_ALLOWANCES = 3;
/** Checkpoints lie at multiples of this, so that nodes asked minutes apart are asked about the same block. */
const CHECKPOINT_BLOCKS = 1_024;

interface Word {
  readonly height: number;
  readonly atMs: number;
}

/** What nodes say about a block's hash, until a majority decides. */
interface Election {
  readonly votes: Map<string, string>;
  hash: string | null;
}

/**
 * What the nodes of one chain together say about it: how high it stands and what its past is.
 *
 * One node cannot move either: the height is the highest among those near the median, never falls while somebody
 * confirms it, and a hash is settled by more than half of at least three. Once settled it stays, so that a majority that
 * begins to lie later is found out too.
 */
export class ChainView {
  readonly #words = new Map<string, Word>();
  readonly #elections = new Map<number, Election>();
  #height: number | null = null;
  #confirmedAtMs = 0;

  constructor(private readonly syncAllowanceBlocks: number) {}

  /** The agreed height; null until three nodes spoke. */
  get height(): number | null {
    return this.#height;
  }

  /** Takes a node's word on the height. Returns whether the node lags behind by more than the allowance. */
  hear(nodeId: string, height: number, nowMs: number): 'in-step' | 'stale' {
    if (!Number.isSafeInteger(height) || height < 0) return 'in-step';
    this.#words.delete(nodeId);
    this.#words.set(nodeId, { height, atMs: nowMs });
    if (this.#words.size > NODES_MAX) {
      for (const oldest of this.#words.keys()) {
        this.#words.delete(oldest);
        break;
      }
    }
    if (this.#height === null || height + this.syncAllowanceBlocks >= this.#height) {
      // Within reach of what is agreed: a confirmation, and news if the others agree.
      if (this.#height !== null && height <= this.#height + this.syncAllowanceBlocks) this.#confirmedAtMs = nowMs;
      this.#agree(nowMs);
      return 'in-step';
    }
    if (nowMs - this.#confirmedAtMs > FLOOR_MS) {
      this.#height = null;
      this.#elections.clear();
      this.#agree(nowMs);
      return 'in-step';
    }
    return 'stale';
  }

  /** A node's last word on the height; null while it said none. */
  wordOf(nodeId: string): number | null {
    return this.#words.get(nodeId)?.height ?? null;
  }

  /** Whether the node's last word lags behind what was agreed since. */
  lags(nodeId: string): boolean {
    const word = this.#words.get(nodeId);
    return word !== undefined && this.#height !== null && word.height + this.syncAllowanceBlocks < this.#height;
  }

  /** The block whose hash is asked for: the first one until heights are agreed, then a settled one. */
  checkpoint(): number {
    if (this.#height === null) return 0;
    const settled = this.#height - this.syncAllowanceBlocks * SETTLED_ALLOWANCES;
    return Math.max(0, Math.floor(settled / CHECKPOINT_BLOCKS) * CHECKPOINT_BLOCKS);
  }

  /** Takes a node's word on a block's hash. Returns the nodes found lying by it: itself, or others it outvoted. */
  vote(nodeId: string, block: number, hash: string): readonly string[] {
    let election = this.#elections.get(block);
    if (election === undefined) {
      election = { votes: new Map(), hash: null };
      this.#elections.set(block, election);
      if (this.#elections.size > BLOCKS_MAX) {
        for (const oldest of this.#elections.keys()) {
          // The first block is the chain's identity.
          if (oldest === 0) continue;
          this.#elections.delete(oldest);
          break;
        }
      }
    }
    if (election.hash !== null) return election.hash === hash ? [] : [nodeId];
    election.votes.set(nodeId, hash);
    if (election.votes.size < VOTES_MIN) return [];
    const counts = new Map<string, number>();
    for (const vote of election.votes.values()) counts.set(vote, (counts.get(vote) ?? 0) + 1);
    for (const [candidate, count] of counts) {
      if (count * 2 <= election.votes.size) continue;
      const liars = [...election.votes].filter(([, vote]) => vote !== candidate).map(([id]) => id);
      election.hash = candidate;
      election.votes.clear();
      return liars;
    }
    return [];
  }

  /** Forgets what a node said: it was found out and must not be counted. */
  discount(nodeId: string): void {
    this.#words.delete(nodeId);
    for (const election of this.#elections.values()) election.votes.delete(nodeId);
  }

  #agree(nowMs: number): void {
    const heights: number[] = [];
    for (const word of this.#words.values()) if (nowMs - word.atMs <= FRESH_MS) heights.push(word.height);
    if (heights.length < VOTES_MIN) return;
    heights.sort((a, b) => a - b);
    const median = heights[(heights.length - 1) >> 1] ?? 0;
    const near = heights.filter((height) => height <= median + this.syncAllowanceBlocks);
    const highest = near.at(-1) ?? median;
    if (this.#height !== null && highest <= this.#height) return;
    this.#height = highest;
    this.#confirmedAtMs = nowMs;
  }
}
