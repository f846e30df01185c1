import { Pool } from 'undici';

/** What one relay came to, as its client saw it. */
export type Outcome =
  | { readonly kind: 'result'; readonly result: unknown }
  | {
      readonly kind: 'rpc-error';
      readonly code: number;
      readonly message: string;
      readonly data: Record<string, unknown>;
    }
  | { readonly kind: 'transport'; readonly message: string };

/** A client that keeps connections to several gateways alive and spreads its calls over them in turn. */
export class LoadClient {
  readonly #pools: Pool[];
  readonly #path: string;
  #turn = 0;

  constructor(gatewayUrls: readonly string[], key: string, connections: number) {
    this.#pools = gatewayUrls.map((url) => new Pool(url, { connections, pipelining: 1 }));
    this.#path = `/v1/${key}/eth-mainnet`;
  }

  /** Sends one call; never rejects. `gateway` fixes which one is asked. */
  async relay(method: string, params: unknown[] = [], gateway = this.#turn++): Promise<Outcome> {
    const id = this.#turn;
    try {
      const response = await this.#pools[gateway % this.#pools.length]!.request({
        method: 'POST',
        path: this.#path,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id, method, params }),
      });
      const answer = (await response.body.json()) as {
        id: number;
        result?: unknown;
        error?: { code: number; message: string; data?: Record<string, unknown> };
      };
      if (answer.id !== id) return { kind: 'transport', message: `asked with id ${id}, answered with ${answer.id}` };
      if (answer.error) return { kind: 'rpc-error', data: {}, ...answer.error };
      return { kind: 'result', result: answer.result };
    } catch (error) {
      return { kind: 'transport', message: (error as Error).message };
    }
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.close()));
  }
}

/** Runs `clients` loops that call `work` with 0, 1, 2 … until `enough()`; at most `perSecond` calls a second in all. */
export async function drive(
  clients: number,
  perSecond: number,
  enough: (started: number) => boolean,
  work: (index: number) => Promise<void>,
): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const loop = async (): Promise<void> => {
    while (!enough(next)) {
      const index = next;
      next += 1;
      const aheadMs = (index / perSecond) * 1_000 - (performance.now() - startedAt);
      if (aheadMs > 1) await new Promise((resolve) => setTimeout(resolve, aheadMs));
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: clients }, loop));
  return next;
}
