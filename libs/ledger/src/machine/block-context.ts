import type { StakedTotals } from '#libs/protocol';
import { applicationMaxRelays } from '#libs/protocol';
import type { LedgerParameters, Settlement } from '../types.js';
import type { ChainState } from './chain-state.js';
import type { History } from './history.js';
import { parametersOfTexts } from './parameters.js';

/** What a message handler works with: the state at the head, the past, and the block under way. */
export class BlockContext {
  /** Claims paid or punished in this block, with the hash of their header. */
  readonly settlements: Array<{ settlement: Settlement; headerHashHex: string }> = [];
  #parameters: LedgerParameters | undefined;

  constructor(
    readonly state: ChainState,
    readonly history: History,
    readonly height: number,
    readonly timeMs: number,
    readonly chainId: string,
  ) {}

  /** Parameters in force now. */
  get parameters(): LedgerParameters {
    this.#parameters ??= parametersOfTexts(
      [...this.state.parameters.entries()].map(([key, { text }]) => [key, text] as const),
    );
    return this.#parameters;
  }

  /** After governance changed a parameter, or the change was undone. */
  parametersChanged(): void {
    this.#parameters = undefined;
  }

  /** Relays a session that a stake buys now (facts 3.1). */
  maxRelaysOf(stakeUpokt: bigint): bigint {
    const { parameters } = this;
    return applicationMaxRelays(
      stakeUpokt,
      parameters,
      parameters.participationRateOn ? this.stakedTotals() : undefined,
    );
  }

  stakedTotals(): StakedTotals {
    let applicationsUpokt = 0n;
    let nodesUpokt = 0n;
    for (const [, application] of this.state.applications.entries()) applicationsUpokt += application.stakedUpokt;
    for (const [, node] of this.state.nodes.entries()) nodesUpokt += node.stakedUpokt;
    return { applicationsUpokt, nodesUpokt, supplyUpokt: this.state.books.supplyUpokt };
  }
}
