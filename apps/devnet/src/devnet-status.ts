import type { BlockSummary, LocalLedger } from '#libs/ledger';
import type { NetworkView } from './node/network-view.js';
import type { RelayOracle } from './node/relay-oracle.js';

/** The answer of `GET /v1/devnet/summary`: what a status line shows. Amounts are uPOKT as decimal text. */
export interface DevnetSummary {
  readonly height: number;
  readonly sessionHeight: number;
  readonly blocksPerSession: number;
  /** Blocks until the next session starts. */
  readonly blocksLeftInSession: number;
  readonly blockTimeMs: number;
  /** Attempts in a row at the next block that failed. */
  readonly blockFailures: number;
  readonly supplyUpokt: string;
  /** Minted by settled claims since genesis. */
  readonly mintedUpokt: string;
  readonly claimsPending: number;
  readonly claimsSettled: number;
  readonly relaysSettled: string;
  readonly nodes: ReadonlyArray<{
    readonly node: number;
    readonly address: string;
    readonly publicKey: string;
    readonly serviceUrl: string;
    readonly proofs: number;
    readonly answered: number;
    readonly failed: number;
    readonly refused: number;
  }>;
}

/** Counts what was settled; reads the past once and then adds what each block says. */
export class SettlementTotals {
  #mintedUpokt = 0n;
  #claims = 0;
  #relays = 0n;

  /** Begins with what the ledger holds already. */
  static async load(ledger: LocalLedger): Promise<SettlementTotals> {
    const totals = new SettlementTotals();
    totals.#add(await ledger.settlements({ limit: 1_000_000 }));
    return totals;
  }

  /** Adds a block's settlements. */
  addBlock(block: BlockSummary): void {
    this.#add(block.settlements);
  }

  get mintedUpokt(): bigint {
    return this.#mintedUpokt;
  }

  get claims(): number {
    return this.#claims;
  }

  get relays(): bigint {
    return this.#relays;
  }

  #add(settlements: BlockSummary['settlements']): void {
    for (const settlement of settlements) {
      if (settlement.outcome !== 'paid') continue;
      this.#mintedUpokt += settlement.coinsUpokt;
      this.#relays += settlement.relays;
      this.#claims += 1;
    }
  }
}

/** What the summary is made of. */
export interface StatusSource {
  readonly ledger: LocalLedger;
  readonly oracle: RelayOracle;
  readonly totals: SettlementTotals;
  readonly nodes: ReadonlyArray<{ readonly publicKeyHex: string; readonly serviceUrl: string }>;
  readonly blockTimeMs: number;
  view(): NetworkView;
  blockFailures(): number;
}

/** Reads the summary; pending claims are asked of the ledger once per block. */
export class StatusReader {
  #ledgerPart: { readonly height: number; readonly claimsPending: number; readonly supplyUpokt: bigint } | null = null;

  constructor(private readonly source: StatusSource) {}

  async read(): Promise<DevnetSummary> {
    const { source } = this;
    const view = source.view();
    const { claimsPending, supplyUpokt } = await this.#ledgerState(view);
    const { blocksPerSession } = view.parameters;
    return {
      height: view.height,
      sessionHeight: view.sessionHeight,
      blocksPerSession,
      blocksLeftInSession: view.sessionHeight + blocksPerSession - view.height,
      blockTimeMs: source.blockTimeMs,
      blockFailures: source.blockFailures(),
      supplyUpokt: supplyUpokt.toString(),
      mintedUpokt: source.totals.mintedUpokt.toString(),
      claimsPending,
      claimsSettled: source.totals.claims,
      relaysSettled: source.totals.relays.toString(),
      nodes: source.oracle.totals().map(({ node, address, proofs, answered, failed, refused }) => ({
        node,
        address,
        publicKey: source.nodes[node]?.publicKeyHex ?? '',
        serviceUrl: source.nodes[node]?.serviceUrl ?? '',
        proofs,
        answered,
        failed,
        refused,
      })),
    };
  }

  /** While PostgreSQL is away the last known figures stand. */
  async #ledgerState(view: NetworkView): Promise<{ readonly claimsPending: number; readonly supplyUpokt: bigint }> {
    if (this.#ledgerPart?.height === view.height) return this.#ledgerPart;
    try {
      const [claims, supply] = await Promise.all([
        Promise.all([...view.nodes.keys()].map((address) => this.source.ledger.claims(address, view.height))),
        this.source.ledger.supply(view.height),
      ]);
      const claimsPending = claims.reduce((sum, ofNode) => sum + ofNode.length, 0);
      this.#ledgerPart = { height: view.height, claimsPending, supplyUpokt: supply.totalUpokt };
    } catch (error) {
      if (this.#ledgerPart === null) throw error;
    }
    return this.#ledgerPart;
  }
}
