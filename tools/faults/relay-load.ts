import { Pool } from 'undici';

/** More than this many open calls: the load waits, as a client with a bounded pool does. */
const IN_FLIGHT_MAX = 256;

/** Longer than a gateway's own deadline, so that it is the gateway that gives up. */
const PATIENCE_MS = 40_000;

/** What one call came to, as its client saw it. */
export interface CallOutcome {
  /** The node's answer arrived whole. */
  readonly isAnswered: boolean;
  /** The gateway's name for the call; absent when nothing arrived. */
  readonly requestId: string | null;
  /** Why there is no answer, as a short phrase that many calls share. */
  readonly failure: string | null;
  /** The whole refusal as it came, for the report; null for answers and for broken connections. */
  readonly refusal: string | null;
  /** The failure is a refusal for a spent daily limit. */
  readonly isLimit: boolean;
  /** Number of the fault during or after which it ended; -1 before the first. */
  readonly fault: number;
  /** Monotonic milliseconds. */
  readonly endedAtMs: number;
}

/** Sends relays for one key at a steady rate to several gateways in turn, whatever becomes of them. */
export class RelayLoad {
  readonly outcomes: CallOutcome[] = [];
  /** Number under which outcomes are filed from now on. */
  fault = -1;
  readonly #pools: Pool[];
  readonly #inFlight: number[];
  readonly #path: string;
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #open = new Set<Promise<CallOutcome>>();

  constructor(
    gatewayUrls: readonly string[],
    key: string,
    private readonly perSecond: number,
  ) {
    this.#pools = gatewayUrls.map(
      (url) => new Pool(url, { connections: IN_FLIGHT_MAX, pipelining: 1, headersTimeout: PATIENCE_MS }),
    );
    this.#inFlight = gatewayUrls.map(() => 0);
    this.#path = `/v1/${key}/eth-mainnet`;
  }

  /** Calls that a gateway has not answered yet. */
  inFlight(gateway: number): number {
    return this.#inFlight[gateway] ?? 0;
  }

  /** Begins to send. */
  start(): void {
    const startedAt = performance.now();
    let due = 0;
    this.#timer = setInterval(() => {
      const wanted = Math.floor(((performance.now() - startedAt) / 1_000) * this.perSecond);
      for (; due < wanted; due += 1) if (this.#open.size < IN_FLIGHT_MAX) void this.send();
    }, 10);
  }

  /** Sends one call now and resolves with its outcome; never rejects. */
  send(): Promise<CallOutcome> {
    const call = this.#recorded();
    this.#open.add(call);
    void call.finally(() => this.#open.delete(call));
    return call;
  }

  /** Drops the outcomes without an answer so far, which are those of a system that is still starting. */
  forgetFailures(): void {
    this.outcomes.splice(0, Infinity, ...this.outcomes.filter((outcome) => outcome.isAnswered));
  }

  /** Stops sending and waits for the answers that are under way. */
  async finish(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#pools.map((pool) => pool.destroy()));
  }

  async #recorded(): Promise<CallOutcome> {
    const outcome = await this.#call();
    this.outcomes.push(outcome);
    return outcome;
  }

  async #call(): Promise<CallOutcome> {
    const id = this.#sent;
    this.#sent += 1;
    const gateway = id % this.#pools.length;
    this.#inFlight[gateway]! += 1;
    let requestId: string | null = null;
    let refusal: string | null = null;
    const ended = (failure: string | null, isLimit = false): CallOutcome => ({
      isAnswered: failure === null,
      requestId,
      failure,
      refusal,
      isLimit,
      fault: this.fault,
      endedAtMs: performance.now(),
    });
    try {
      const response = await this.#pools[gateway]!.request({
        method: 'POST',
        path: this.#path,
        headers: { 'content-type': 'application/json' },
        body: `{"jsonrpc":"2.0","id":${id},"method":"eth_blockNumber","params":[]}`,
      });
      const answer = (await response.body.json()) as {
        id: unknown;
        error?: { code: number; data?: { reason?: string } };
      };
      requestId = String(response.headers['x-request-id'] ?? '');
      if (answer.id !== id) return ended(`answered with the id of another call`);
      const reason = answer.error?.data?.reason;
      // An error without a reason of ours is the chain's own answer, paid for like any other.
      if (reason === undefined) return ended(null);
      refusal = `gateway ${gateway}, HTTP ${response.statusCode}: ${JSON.stringify(answer.error)}`;
      return ended(`${answer.error!.code} ${reason}`, reason === 'limit' || answer.error!.code === -32_068);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return ended(code ?? message);
    } finally {
      this.#inFlight[gateway]! -= 1;
    }
  }
}
