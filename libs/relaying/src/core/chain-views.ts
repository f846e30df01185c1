import { ChainView } from './chain-view.js';

/** What must be known of a chain to tell right answers from wrong ones. */
export interface ProbedChain {
  readonly evmChainId: number;
  readonly syncAllowanceBlocks: number;
}

/** The chains whose nodes are probed, each with what its nodes say of it. */
export class ChainViews {
  readonly #views = new Map<string, ChainView>();

  /** @param chainOf what is known of a relay chain; null where nothing can be asked. */
  constructor(private readonly chainOf: (chain: string) => ProbedChain | null) {}

  known(chain: string): ProbedChain | null {
    return this.chainOf(chain);
  }

  /** Null for chains that are not probed. */
  of(chain: string): ChainView | null {
    let view = this.#views.get(chain);
    if (view !== undefined) return view;
    const known = this.chainOf(chain);
    if (known === null) return null;
    view = new ChainView(known.syncAllowanceBlocks);
    this.#views.set(chain, view);
    return view;
  }

  /**
   * Learns from an answer that went by. Only `eth_blockNumber` says something about the node itself.
   *
   * @returns 'stale' when the answer is out of date and another node should be asked.
   */
  learn(chain: string, nodeId: string, method: string, result: Buffer, nowMs: number): 'in-step' | 'stale' {
    if (method !== 'eth_blockNumber' || result.length > 20) return 'in-step';
    const height = parseQuantity(result.toString('latin1').replaceAll('"', ''));
    return height === null ? 'in-step' : (this.of(chain)?.hear(nodeId, height, nowMs) ?? 'in-step');
  }
}

/** An Ethereum quantity as a number; null when it is none or too large to be a height. */
export function parseQuantity(text: unknown): number | null {
  if (typeof text !== 'string' || !/^0x[0-9a-fA-F]{1,13}$/.test(text)) return null;
  return Number.parseInt(text, 16);
}
