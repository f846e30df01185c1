/** Slots of a Redis Cluster. */
const SLOTS = 16_384;

/** The slot of a hash tag (the text between the braces of a key): CRC-16/XMODEM, as the Redis Cluster specification says. */
export function slotOf(tag: string): number {
  let crc = 0;
  for (const byte of Buffer.from(tag)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  return crc % SLOTS;
}

/** Which primary holds which slots; a primary is named by a hash tag that lies in one of its slots and outlives its failover. */
export class ShardLayout {
  readonly #tagOfSlot: ReadonlyMap<number, string>;

  private constructor(
    readonly tags: readonly string[],
    tagOfSlot: ReadonlyMap<number, string>,
  ) {
    this.#tagOfSlot = tagOfSlot;
  }

  /** Reads the reply of `CLUSTER SLOTS`. Throws a TypeError on another shape. */
  static read(reply: unknown): ShardLayout {
    if (!Array.isArray(reply)) throw new TypeError('CLUSTER SLOTS answered in an unknown shape');
    const primaryOfSlot = new Map<number, string>();
    const primaries = new Set<string>();
    for (const range of reply as unknown[]) {
      if (!Array.isArray(range) || !Array.isArray(range[2])) throw new TypeError('unknown shape of a slot range');
      const [first, last] = [Number(range[0]), Number(range[1])];
      const [host, port, id] = range[2] as [string, number, string?];
      const primary = id ?? `${host}:${port}`;
      primaries.add(primary);
      for (let slot = first; slot <= last; slot += 1) primaryOfSlot.set(slot, primary);
    }
    const tags = new Map<string, string>();
    // A primary with one slot only is found after some ten thousand candidates, an ordinary one after a few.
    for (let candidate = 0; tags.size < primaries.size && candidate < 64 * SLOTS; candidate += 1) {
      const tag = candidate.toString(36);
      const primary = primaryOfSlot.get(slotOf(tag));
      if (primary !== undefined && !tags.has(primary)) tags.set(primary, tag);
    }
    const tagOfSlot = new Map([...primaryOfSlot].map(([slot, primary]) => [slot, tags.get(primary) ?? '']));
    return new ShardLayout([...tags.values()].toSorted(), tagOfSlot);
  }

  /** The tag of the primary that holds keys with `{hashTag}`; null while no primary does. */
  shardOf(hashTag: string): string | null {
    return this.#tagOfSlot.get(slotOf(hashTag)) ?? null;
  }
}
