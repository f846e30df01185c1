import type { LedgerPort } from '#libs/ledger';
import { sessionStartHeight } from '#libs/protocol';

/** The ledger's parameters as `LedgerPort` gives them. */
export type NetworkParameters = Awaited<ReturnType<LedgerPort['parameters']>>;

/** What the network said when last asked. */
export interface NetworkState {
  readonly height: number;
  readonly parameters: NetworkParameters;
}

/** For how long an answer of the network is shown without asking again. */
const FRESH_MS = 1_000;

/** Height and parameters of the network, asked at most once a second however many requests want them. */
export class NetworkView {
  private state: Promise<NetworkState> | null = null;
  private askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly ledger: LedgerPort,
    private readonly monotonicMs: () => number = () => performance.now(),
  ) {}

  /** @throws the ledger's errors when it does not answer. */
  now(): Promise<NetworkState> {
    if (this.state && this.monotonicMs() - this.askedAtMs < FRESH_MS) return this.state;
    this.askedAtMs = this.monotonicMs();
    const asked = this.ask();
    this.state = asked;
    // A failure is not remembered: the next request asks again.
    asked.catch(() => {
      if (this.state === asked) this.state = null;
    });
    return asked;
  }

  /** The same, or null when the network does not answer. */
  async nowOrNull(): Promise<NetworkState | null> {
    try {
      return await this.now();
    } catch {
      return null;
    }
  }

  private async ask(): Promise<NetworkState> {
    const [height, parameters] = await Promise.all([this.ledger.height(), this.ledger.parameters()]);
    return { height, parameters };
  }
}

/** First block of the first session that starts at `height` or later. */
export function firstSessionFrom(height: number, blocksPerSession: number): number {
  const start = sessionStartHeight(height, blocksPerSession);
  return start === height ? start : start + blocksPerSession;
}
