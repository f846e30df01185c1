/** What the nodes did in one (session, application, chain, node): the truth that tests compare receipts with. */
export interface RelayCount {
  readonly sessionHeight: number;
  readonly applicationPublicKey: string;
  readonly chain: string;
  readonly node: number;
  readonly nodeAddress: string;
  /** Proofs stored, so what a stock node would claim. */
  proofs: number;
  /** Signed answers written to the connection, tampered ones included. */
  answered: number;
  /** Relays whose chain call failed (28), after the proof was stored. */
  failed: number;
}

/** Totals of one node since the network began. */
export interface NodeTotals {
  readonly node: number;
  readonly address: string;
  proofs: number;
  answered: number;
  failed: number;
  refused: number;
}

/**
 * Counts every relay at the nodes. Kept for the newest `sessionsMax` sessions; the totals per node never shrink.
 * `stored` carries it over a restart.
 */
export class RelayOracle {
  readonly #counts = new Map<string, RelayCount>();
  readonly #totals: NodeTotals[];
  readonly #refusals = new Map<string, number>();

  constructor(
    addresses: readonly string[],
    private readonly sessionsMax = 128,
    stored: StoredOracle | null = null,
  ) {
    this.#totals = addresses.map((address, node) => ({ node, address, proofs: 0, answered: 0, failed: 0, refused: 0 }));
    for (const count of stored?.counts ?? []) this.#counts.set(keyOf(count), { ...count });
    for (const total of stored?.totals ?? []) {
      const mine = this.#totals[total.node];
      if (mine?.address === total.address) Object.assign(mine, total);
    }
  }

  /** The line to count on; the relay path increments its fields through the methods below. */
  line(sessionHeight: number, applicationPublicKey: string, chain: string, node: number): RelayCount {
    const key = `${sessionHeight}/${node}/${chain}/${applicationPublicKey}`;
    let count = this.#counts.get(key);
    if (count === undefined) {
      const nodeAddress = this.#totals[node]?.address ?? '';
      count = { sessionHeight, applicationPublicKey, chain, node, nodeAddress, proofs: 0, answered: 0, failed: 0 };
      this.#counts.set(key, count);
    }
    return count;
  }

  proof(line: RelayCount): void {
    line.proofs += 1;
    this.#totals[line.node]!.proofs += 1;
  }

  answered(line: RelayCount): void {
    line.answered += 1;
    this.#totals[line.node]!.answered += 1;
  }

  failed(line: RelayCount): void {
    line.failed += 1;
    this.#totals[line.node]!.failed += 1;
  }

  /** A relay that was refused before its proof was stored; `code` is the protocol's, or `malformed`. */
  refused(node: number, code: number | 'malformed'): void {
    this.#totals[node]!.refused += 1;
    const key = `${node}/${code}`;
    this.#refusals.set(key, (this.#refusals.get(key) ?? 0) + 1);
  }

  /** Lines of the sessions asked for, oldest first. */
  counts(
    filter: { readonly sessionHeight?: number; readonly applicationPublicKey?: string } = {},
  ): readonly RelayCount[] {
    return [...this.#counts.values()]
      .filter(
        (count) =>
          (filter.sessionHeight === undefined || count.sessionHeight === filter.sessionHeight) &&
          (filter.applicationPublicKey === undefined || count.applicationPublicKey === filter.applicationPublicKey),
      )
      .sort((left, right) => left.sessionHeight - right.sessionHeight || left.node - right.node);
  }

  /** Totals by node, in the order of the node numbers. */
  totals(): readonly Readonly<NodeTotals>[] {
    return this.#totals;
  }

  /** Refusals since the start by node and code. */
  refusals(): readonly { readonly node: number; readonly code: string; readonly count: number }[] {
    return [...this.#refusals].map(([key, count]) => {
      const [node = '0', code = ''] = key.split('/');
      return { node: Number(node), code, count };
    });
  }

  /** Drops lines of all but the newest sessions. */
  prune(): void {
    const heights = [...new Set([...this.#counts.values()].map((count) => count.sessionHeight))].sort((a, b) => b - a);
    const oldest = heights[this.sessionsMax - 1];
    if (oldest === undefined) return;
    for (const [key, count] of this.#counts) if (count.sessionHeight < oldest) this.#counts.delete(key);
  }

  /** The form of the state file. */
  store(): StoredOracle {
    return { counts: [...this.#counts.values()], totals: this.#totals };
  }
}

/** What the state file keeps of an oracle. */
export interface StoredOracle {
  readonly counts: readonly RelayCount[];
  readonly totals: readonly NodeTotals[];
}

function keyOf(count: RelayCount): string {
  return `${count.sessionHeight}/${count.node}/${count.chain}/${count.applicationPublicKey}`;
}
