/**
 * BLAKE2b compression as a WebAssembly module, written instruction by instruction: 64-bit additions and rotations are single
 * instructions there, while JavaScript needs several 32-bit ones for each. `blake2b.ts` checks the module against the audited
 * library before it is used.
 */

/** Exports of the module. All addresses are byte offsets into `memory`. */
export interface Blake2bKernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Digest of `length` bytes at `message`, zero-padded to a multiple of 128 bytes (at least 128), 32 bytes to `out`. */
  digest(message: number, length: number, out: number): void;
  /**
   * Hashes of `count` parents. `children`: 64 bytes for each parent; `bounds`: 16 bytes for each parent (the lower bounds of
   * both children), and 8 more (the last upper bound); `firstIndex`: position of the first left child.
   */
  parents(children: number, bounds: number, out: number, count: number, firstIndex: bigint, withIndex: number): void;
}

const IV: readonly bigint[] = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];
/** Digest length 32, no key, fanout and depth 1. */
const PARAMETER_BLOCK = 0x01010020n;

const SIGMA: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const ROUNDS = 12;
/** The columns and diagonals that a round mixes. */
const MIXED: readonly (readonly [number, number, number, number])[] = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
];

const I32 = 0x7f;
const I64 = 0x7e;
const Op = {
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  brIf: 0x0d,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i64Load: 0x29,
  i64Store: 0x37,
  i32Const: 0x41,
  i64Const: 0x42,
  i32LtU: 0x49,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i64Add: 0x7c,
  i64Xor: 0x85,
  i64RotR: 0x8a,
  i64ExtendI32U: 0xad,
  blockVoid: 0x40,
} as const;

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

function signed(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asIntN(64, value);
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}

const get = (local: number): number[] => [Op.localGet, ...unsigned(local)];
const set = (local: number): number[] => [Op.localSet, ...unsigned(local)];
const tee = (local: number): number[] => [Op.localTee, ...unsigned(local)];
const const64 = (value: bigint): number[] => [Op.i64Const, ...signed(value)];
const const32 = (value: number): number[] => [Op.i32Const, ...signed(BigInt(value))];
const load64 = (address: number, offset: number): number[] => [...get(address), Op.i64Load, 0, ...unsigned(offset)];
const iv = (index: number): bigint => IV[index] ?? 0n;

/** Twelve rounds over sixteen state locals from `v` and sixteen message locals from `m`. */
function rounds(v: number, m: number): number[] {
  const code: number[] = [];
  const half = (a: number, b: number, c: number, d: number, x: number, toD: bigint, toB: bigint): void => {
    code.push(...get(a), ...get(b), Op.i64Add, ...get(x), Op.i64Add, ...tee(a));
    code.push(...get(d), Op.i64Xor, ...const64(toD), Op.i64RotR, ...tee(d));
    code.push(...get(c), Op.i64Add, ...tee(c));
    code.push(...get(b), Op.i64Xor, ...const64(toB), Op.i64RotR, ...set(b));
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = SIGMA[round % SIGMA.length] ?? [];
    MIXED.forEach(([a, b, c, d], index) => {
      half(v + a, v + b, v + c, v + d, m + (order[2 * index] ?? 0), 32n, 24n);
      half(v + a, v + b, v + c, v + d, m + (order[2 * index + 1] ?? 0), 16n, 63n);
    });
  }
  return code;
}

function digestBody(): number[] {
  const [message, length, out] = [0, 1, 2];
  const [v, m, h, done] = [3, 19, 35, 43];
  const code: number[] = [];
  for (let i = 0; i < 8; i += 1) code.push(...const64(i === 0 ? iv(0) ^ PARAMETER_BLOCK : iv(i)), ...set(h + i));
  code.push(Op.loop, Op.blockVoid);
  for (let i = 0; i < 16; i += 1) code.push(...load64(message, 8 * i), ...set(m + i));
  for (let i = 0; i < 8; i += 1) code.push(...get(h + i), ...set(v + i), ...const64(iv(i)), ...set(v + 8 + i));
  // done += 128; v12 ^= min(done, length); v14 is inverted in the last block.
  code.push(...get(done), ...const32(128), Op.i32Add, ...set(done));
  code.push(...get(done), ...get(length), ...get(done), ...get(length), Op.i32LtU, Op.select, Op.i64ExtendI32U);
  code.push(...const64(iv(4)), Op.i64Xor, ...set(v + 12));
  code.push(...const64(iv(6)), ...const64(~iv(6)), ...get(done), ...get(length), Op.i32LtU, Op.select, ...set(v + 14));
  code.push(...rounds(v, m));
  for (let i = 0; i < 8; i += 1) {
    code.push(...get(h + i), ...get(v + i), Op.i64Xor, ...get(v + 8 + i), Op.i64Xor, ...set(h + i));
  }
  code.push(...get(message), ...const32(128), Op.i32Add, ...set(message));
  code.push(...get(done), ...get(length), Op.i32LtU, Op.brIf, 0, Op.end);
  for (let i = 0; i < 4; i += 1) code.push(...get(out), ...get(h + i), Op.i64Store, 0, ...unsigned(8 * i));
  return [2, 40, I64, 1, I32, ...code, Op.end];
}

function parentsBody(): number[] {
  const [children, bounds, out, count, index, withIndex] = [0, 1, 2, 3, 4, 5];
  const [v, m] = [6, 22];
  const code: number[] = [Op.loop, Op.blockVoid];
  for (let i = 0; i < 8; i += 1) code.push(...load64(children, 8 * i), ...set(m + i));
  const lower = load64(bounds, 0);
  const upper = load64(bounds, 16);
  code.push(...get(withIndex), Op.if, Op.blockVoid);
  code.push(...get(index), ...set(m + 8), ...get(index), ...const64(1n), Op.i64Add, ...set(m + 9));
  code.push(...lower, ...set(m + 10), ...upper, ...set(m + 11), ...const64(iv(4) ^ 96n), ...set(v + 12));
  code.push(Op.else, ...lower, ...set(m + 8), ...upper, ...set(m + 9), ...const64(iv(4) ^ 80n), ...set(v + 12), Op.end);
  for (let i = 0; i < 8; i += 1) {
    code.push(...const64(i === 0 ? iv(0) ^ PARAMETER_BLOCK : iv(i)), ...set(v + i));
    if (i !== 4) code.push(...const64(i === 6 ? ~iv(6) : iv(i)), ...set(v + 8 + i));
  }
  code.push(...rounds(v, m));
  for (let i = 0; i < 4; i += 1) {
    code.push(...get(out), ...const64(i === 0 ? iv(0) ^ PARAMETER_BLOCK : iv(i)), ...get(v + i), Op.i64Xor);
    code.push(...get(v + 8 + i), Op.i64Xor, Op.i64Store, 0, ...unsigned(8 * i));
  }
  code.push(...get(children), ...const32(64), Op.i32Add, ...set(children));
  code.push(...get(bounds), ...const32(16), Op.i32Add, ...set(bounds));
  code.push(...get(out), ...const32(32), Op.i32Add, ...set(out));
  code.push(...get(index), ...const64(2n), Op.i64Add, ...set(index));
  code.push(...get(count), ...const32(1), Op.i32Sub, ...tee(count), Op.brIf, 0, Op.end);
  return [1, 32, I64, ...code, Op.end];
}

const section = (id: number, content: readonly number[]): number[] => [id, ...unsigned(content.length), ...content];
const exported = (name: string, kind: number, index: number): number[] => [
  name.length,
  ...Buffer.from(name, 'latin1'),
  kind,
  index,
];

const MAGIC_AND_VERSION: readonly number[] = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/** The module as bytes. @param pages size of its memory in units of 64 KiB */
export function blake2bModuleBytes(pages: number): Uint8Array {
  const bodies = [digestBody(), parentsBody()];
  return Uint8Array.from([
    ...MAGIC_AND_VERSION,
    ...section(1, [2, 0x60, 3, I32, I32, I32, 0, 0x60, 6, I32, I32, I32, I32, I64, I32, 0]),
    ...section(3, [2, 0, 1]),
    ...section(5, [1, 1, ...unsigned(pages), ...unsigned(pages)]),
    ...section(7, [3, ...exported('memory', 2, 0), ...exported('digest', 0, 0), ...exported('parents', 0, 1)]),
    ...section(10, [bodies.length, ...bodies.flatMap((body) => [...unsigned(body.length), ...body])]),
  ]);
}
