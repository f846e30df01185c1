/** A small seeded generator (xorshift32): the same seed gives the same inputs everywhere. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  /** An integer from 0 to `limit` − 1. */
  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return limit <= 1 ? 0 : (this.state >>> 0) % limit;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}

/** What breaks parsers: structure, escapes, numbers at the limits, hostile keys, long varints. */
const TOKENS: readonly Buffer[] = (
  '{ } [ ] " : , \\ \\u \\ud800 \\u0000 null true - 0 1e999 -0 9223372036854775807 9223372036854775808 18446744073709551616 5.0 ' +
  '1E-400 "__proto__":{ "constructor": {"a": [[[[ ]]]] \u2028 \ufffd \ud83d\ude00 Code:60\\nMessage: %s'
)
  .split(' ')
  .map((text) => Buffer.from(text, 'utf8'));
const BINARY: readonly Buffer[] = [
  Buffer.alloc(10, 0xff),
  Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]),
  Buffer.from([0x80, 0x80, 0x80, 0x80, 0x00]),
  Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]),
  Buffer.from([0xe2, 0x82]),
  Buffer.from([0xc0, 0x80]),
];
const GROWN_BYTES_MAX = 256 * 1024;

type Mutation = (input: Buffer, random: Random, other: Buffer) => Buffer;

const at = (input: Buffer, random: Random): number => random.below(input.length + 1);

const MUTATIONS: readonly Mutation[] = [
  (input, random) => {
    const copy = Buffer.from(input);
    const index = random.below(copy.length);
    if (copy.length > 0) copy[index] = (copy[index] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  (input, random) => {
    const copy = Buffer.from(input);
    for (let count = 1 + random.below(8); count > 0 && copy.length > 0; count -= 1) {
      copy[random.below(copy.length)] = random.below(256);
    }
    return copy;
  },
  (input, random) => insert(input, at(input, random), random.pick(TOKENS)),
  (input, random) => insert(input, at(input, random), random.pick(BINARY)),
  (input, random) => insert(input, at(input, random), random.bytes(1 + random.below(16))),
  (input, random) => input.subarray(0, at(input, random)),
  (input, random) => {
    const from = at(input, random);
    return Buffer.concat([input.subarray(0, from), input.subarray(from + random.below(64))]);
  },
  (input, random) => {
    const from = at(input, random);
    return insert(input, at(input, random), input.subarray(from, from + random.below(128)));
  },
  (input, random, other) => Buffer.concat([input.subarray(0, at(input, random)), other.subarray(at(other, random))]),
];
/** Rare, because each of these costs as much as hundreds of the others: growth and nesting. */
const BOMBS: readonly Mutation[] = [
  (input, random) => {
    const from = at(input, random);
    const part = input.subarray(from, from + 1 + random.below(64));
    const times = Math.min(4096, Math.floor(GROWN_BYTES_MAX / Math.max(1, part.length)));
    return insert(input, from, Buffer.concat(Array.from({ length: times }, () => part)));
  },
  (input, random) =>
    insert(input, at(input, random), Buffer.alloc(1 + random.below(20_000), random.pick(['[', '{"a":', '\\']))),
];

function insert(input: Buffer, offset: number, part: Uint8Array): Buffer {
  return Buffer.concat([input.subarray(0, offset), part, input.subarray(offset)]);
}

/** A mutated input: one to four mutations of a sample, now and then a bomb. */
export function mutate(samples: readonly Buffer[], random: Random): Buffer {
  let input = random.pick(samples);
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    input = random.pick(MUTATIONS)(input, random, random.pick(samples));
  }
  return random.below(500) === 0 ? random.pick(BOMBS)(input, random, input) : input;
}
