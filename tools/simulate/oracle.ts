import { type Receipt, decodeChunk } from '#libs/receipts';

/** How long an answer of Redis may be under way. */
const UNDER_WAY_MS = 200;

/** What really happened, told by the nodes and the clients of the simulated world, and the promises held against it. */
export class Oracle {
  relays = 0;
  readonly #limits = new Map<string, number>();
  readonly #admitted = new Map<string, number>();
  readonly #byNode = new Map<string, Receipt>();
  readonly #byClient = new Set<string>();
  readonly #stored = new Map<string, number>();
  readonly #billed = new Map<string, number>();
  readonly refusals = { spent: 0, unavailable: 0 };
  #storedReceipts = 0;
  #found: string | null = null;

  /** The first promise found broken. */
  get found(): string | null {
    return this.#found;
  }

  fail(text: string): void {
    this.#found ??= text;
  }

  admitted(applicationId: string, day: string, units: number, limit: number): void {
    const key = `${applicationId} on ${day}`;
    const sum = (this.#admitted.get(key) ?? 0) + units;
    this.#admitted.set(key, sum);
    const highest = Math.max(limit, this.#limits.get(key) ?? 0);
    this.#limits.set(key, highest);
    if (sum > highest) this.fail(`over-admission: ${sum} of ${highest} units of application ${key}`);
  }

  /** The day of an admission is the day of Redis' clock; an answer may be under way over midnight. */
  checkDay(day: string, redisMs: number): void {
    const days = [redisMs, redisMs - UNDER_WAY_MS].map((at) => new Date(at).toISOString().slice(0, 10));
    if (!days.includes(day))
      this.fail(`a unit of ${day} was admitted at ${new Date(redisMs).toISOString()} of Redis' clock`);
  }

  refunded(applicationId: string, day: string, units: number): void {
    const key = `${applicationId} on ${day}`;
    this.#admitted.set(key, (this.#admitted.get(key) ?? 0) - units);
  }

  refused(reason: 'spent' | 'unavailable'): void {
    this.refusals[reason] += 1;
  }

  nodeAnswered(receipt: Receipt): void {
    this.#byNode.set(receipt.requestId, receipt);
  }

  clientAnswered(receipt: Receipt): void {
    this.#byClient.add(receipt.requestId);
  }

  get answeredRelays(): number {
    return this.#byClient.size;
  }

  get storedReceipts(): number {
    return this.#storedReceipts;
  }

  damaged(reason: string): void {
    this.fail(`a chunk arrived damaged: ${reason}`);
  }

  /** A chunk was committed. */
  committed(bytes: Buffer): void {
    for (const receipt of decodeChunk(bytes)) {
      this.#storedReceipts += 1;
      const times = (this.#stored.get(receipt.requestId) ?? 0) + 1;
      this.#stored.set(receipt.requestId, times);
      const key = `${receipt.applicationId} on ${receipt.day}`;
      const billed = (this.#billed.get(key) ?? 0) + 1;
      this.#billed.set(key, billed);
      if (billed > (this.#limits.get(key) ?? 0))
        this.fail(`${billed} units of application ${key} are billed, which is over its limit`);
      const sent = this.#byNode.get(receipt.requestId);
      if (sent === undefined) this.fail(`relay ${receipt.requestId.slice(-6)} is billed and no node answered it`);
      else if (sent.day !== receipt.day || sent.entropy !== receipt.entropy) {
        this.fail(`relay ${receipt.requestId.slice(-6)} is billed with other figures than it was answered with`);
      }
      if (times > 1) this.fail(`relay ${receipt.requestId.slice(-6)} is billed ${times} times`);
    }
  }

  /** Units billed on a day, by application and day. */
  get billed(): ReadonlyMap<string, number> {
    return this.#billed;
  }

  /** Relays whose answer reached a client and that are in no stored chunk. */
  lost(): string[] {
    return [...this.#byClient].filter((id) => !this.#stored.has(id));
  }

  /** After everything came to rest. */
  checkDrained(): void {
    const lost = this.lost();
    if (lost.length > 0)
      this.fail(`${lost.length} of ${this.#byClient.size} answered relays are not billed, first ${lost[0]?.slice(-6)}`);
  }
}
