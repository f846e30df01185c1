import { blake2b } from '@noble/hashes/blake2.js';
import { type Blake2bKernel, blake2bModuleBytes } from './blake2b-wasm.js';

/** The little of WebAssembly's interface that is used; Node's type declarations leave it to the browser's library. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

const PAGES = 16;
const MEMORY_BYTES = PAGES * 64 * 1024;
/** Layout of the kernel's memory in {@link hashParents}: children, then bounds, then results. */
const PARENTS_AT_ONCE = 4096;
const BOUNDS_AT = PARENTS_AT_ONCE * 64;
const RESULTS_AT = BOUNDS_AT + PARENTS_AT_ONCE * 16 + 64;
/** Layout in {@link blake2b256}: result, then message. */
const MESSAGE_AT = 64;

interface Kernel {
  readonly run: Blake2bKernel;
  readonly bytes: Uint8Array;
}

const kernel = loadKernel();

/** Null where WebAssembly is missing or its results are not those of the audited library: then that library does the work. */
function loadKernel(): Kernel | null {
  const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  if (api === undefined) return null;
  const run = new api.Instance(new api.Module(blake2bModuleBytes(PAGES))).exports as Blake2bKernel;
  const loaded: Kernel = { run, bytes: new Uint8Array(run.memory.buffer) };
  for (const length of [0, 1, 127, 128, 129, 300]) {
    const message = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 0xff);
    if (Buffer.compare(digestWith(loaded, message), reference(message)) !== 0) return null;
  }
  return loaded;
}

function reference(message: Uint8Array): Buffer {
  return Buffer.from(blake2b(message, { dkLen: 32 }));
}

function digestWith({ run, bytes }: Kernel, message: Uint8Array): Buffer {
  const padded = Math.max(128, Math.ceil(message.length / 128) * 128);
  bytes.set(message, MESSAGE_AT);
  bytes.fill(0, MESSAGE_AT + message.length, MESSAGE_AT + padded);
  run.digest(MESSAGE_AT, message.length, 0);
  return Buffer.from(bytes.subarray(0, 32));
}

/** BLAKE2b with a 32-byte digest ("B" of the specification): Merkle trees only, SHA3-256 everywhere else. */
export function blake2b256(message: Uint8Array): Buffer {
  if (kernel === null || message.length > MEMORY_BYTES - MESSAGE_AT - 128) return reference(message);
  return digestWith(kernel, message);
}

/**
 * Hashes one level of a tree into `out` (32 bytes for each parent).
 * @param children hashes of the level below, 64 bytes for each parent
 * @param bounds the lower bounds of the level below as pairs of 32-bit words (low first), and the last upper bound
 * @param withIndex whether the children's positions are hashed too, as they are since the codec upgrade
 */
export function hashParents(
  children: Uint8Array,
  bounds: Uint32Array,
  out: Uint8Array,
  withIndex: boolean,
  active: Kernel | null = kernel,
): void {
  const count = children.length / 64;
  const boundBytes = new Uint8Array(bounds.buffer, bounds.byteOffset, bounds.byteLength);
  if (active === null) {
    hashParentsWithReference(children, boundBytes, out, withIndex);
    return;
  }
  const { run, bytes } = active;
  for (let first = 0; first < count; first += PARENTS_AT_ONCE) {
    const size = Math.min(PARENTS_AT_ONCE, count - first);
    bytes.set(children.subarray(first * 64, (first + size) * 64), 0);
    bytes.set(boundBytes.subarray(first * 16, (first + size) * 16 + 8), BOUNDS_AT);
    run.parents(0, BOUNDS_AT, RESULTS_AT, size, BigInt(first * 2), withIndex ? 1 : 0);
    out.set(bytes.subarray(RESULTS_AT, RESULTS_AT + size * 32), first * 32);
  }
}

/** {@link hashParents} by the audited library alone; also what tests compare the kernel with. */
export function hashParentsWithReference(
  children: Uint8Array,
  boundBytes: Uint8Array,
  out: Uint8Array,
  withIndex: boolean,
): void {
  const message = Buffer.alloc(withIndex ? 96 : 80);
  const rangeAt = message.length - 16;
  for (let parent = 0; parent < children.length / 64; parent += 1) {
    message.set(children.subarray(parent * 64, parent * 64 + 64), 0);
    if (withIndex) {
      message.writeBigUInt64LE(BigInt(parent * 2), 64);
      message.writeBigUInt64LE(BigInt(parent * 2 + 1), 72);
    }
    message.set(boundBytes.subarray(parent * 16, parent * 16 + 8), rangeAt);
    message.set(boundBytes.subarray(parent * 16 + 16, parent * 16 + 24), rangeAt + 8);
    out.set(reference(message), parent * 32);
  }
}
