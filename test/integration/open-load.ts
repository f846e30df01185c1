import { Agent, request } from 'node:http';

/** How one request ended: its HTTP status with the reason of a refusal, `200` for an answer, or a transport failure's text. */
export interface Ended {
  readonly end: string;
  readonly startedMs: number;
  readonly durationMs: number;
}

const BODY = '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}';

/** Sends relays over kept connections. */
export class LoadSource {
  readonly #agent: Agent;
  readonly #url: URL;

  constructor(origin: string, key: string, connectionsMax: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connectionsMax });
    this.#url = new URL(`${origin}/v1/${key}/eth-mainnet`);
  }

  /** One relay; never rejects. */
  relay(body: string | Buffer = BODY): Promise<Ended> {
    const startedMs = performance.now();
    return new Promise((resolve) => {
      const done = (end: string): void => resolve({ end, startedMs, durationMs: performance.now() - startedMs });
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const outgoing = request(this.#url, { method: 'POST', agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error) => done(error.message));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8', 0, 4_096);
          const reason = /"reason":"([a-z-]+)"/.exec(text)?.[1];
          done(reason === undefined ? String(response.statusCode) : `${response.statusCode} ${reason}`);
        });
      });
      outgoing.on('error', (error) => done(error.message));
      outgoing.end(body);
    });
  }

  /** As many at a time, each after the one before it, for so long: what comes out is the capacity. */
  async closedLoop(clients: number, durationMs: number): Promise<Ended[]> {
    const until = performance.now() + durationMs;
    const ends: Ended[] = [];
    const loop = async (): Promise<void> => {
      while (performance.now() < until) ends.push(await this.relay());
    };
    await Promise.all(Array.from({ length: clients }, loop));
    return ends;
  }

  /** So many a second whatever comes back, for so long or until told; resolves when all have ended. */
  async openLoop(perSecond: number, durationMs: number, stopped: () => boolean = () => false): Promise<Ended[]> {
    const startedMs = performance.now();
    const under: Array<Promise<Ended>> = [];
    for (;;) {
      const passedMs = performance.now() - startedMs;
      if (passedMs >= durationMs || stopped()) return Promise.all(under);
      const due = Math.min((passedMs / 1_000) * perSecond, (durationMs / 1_000) * perSecond);
      while (under.length < due) under.push(this.relay());
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** How many ended how. */
export function tally(ends: readonly Ended[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { end } of ends) counts[end] = (counts[end] ?? 0) + 1;
  return counts;
}

/** A quantile of durations, in whole tenths of milliseconds; 0 of none. */
export function quantileMs(ends: readonly Ended[], share: number): number {
  const sorted = ends.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
