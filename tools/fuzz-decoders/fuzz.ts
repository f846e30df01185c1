import { DecodeError, ProtocolError } from '#libs/protocol';
import { mutate, Random } from './mutate.js';
import type { FuzzTarget } from './targets.js';

/** What a run of mutated inputs against one decoder showed. */
export interface FuzzResult {
  readonly name: string;
  readonly inputs: number;
  /** Inputs that decoded in spite of the mutation. */
  readonly decoded: number;
  /** Inputs, as hex, that made the decoder throw anything but its typed errors. */
  readonly escaped: readonly string[];
  /** Slowest call, milliseconds, as the clock showed it: includes collections and other processes. */
  readonly slowestMs: number;
  /** The slowest input again, best of three, milliseconds of processor time: what the decoder itself takes. */
  readonly slowestAgainMs: number;
}

const ESCAPED_MAX = 10;
/** Calls slower than this are timed again. */
const SUSPECT_MS = 5;

/** Runs `count` mutated inputs made from `seed`. */
export function fuzz(target: FuzzTarget, count: number, seed: number): FuzzResult {
  const random = new Random(seed);
  const escaped: string[] = [];
  let decoded = 0;
  let slowestMs = 0;
  let slowestAgainMs = 0;
  for (let index = 0; index < count; index += 1) {
    const input = mutate(target.samples, random);
    const start = performance.now();
    try {
      target.run(input);
      decoded += 1;
    } catch (error) {
      const isTyped = error instanceof DecodeError || error instanceof ProtocolError;
      if (!isTyped && escaped.length < ESCAPED_MAX) {
        escaped.push(
          `${error instanceof Error ? error.message : String(error)}: ${input.toString('hex').slice(0, 2000)}`,
        );
      }
    }
    const elapsed = performance.now() - start;
    slowestMs = Math.max(slowestMs, elapsed);
    slowestAgainMs = Math.max(slowestAgainMs, elapsed < SUSPECT_MS ? elapsed : bestOf(target, input, 3));
  }
  return { name: target.name, inputs: count, decoded, escaped, slowestMs, slowestAgainMs };
}

function bestOf(target: FuzzTarget, input: Buffer, times: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < times; run += 1) {
    const start = process.cpuUsage();
    try {
      target.run(input);
    } catch {
      // Judged by the caller already.
    }
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) / 1000);
  }
  return best;
}
