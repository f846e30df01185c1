import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { sampleOf } from './sample.js';

const chosen = (seed: Buffer, share: number, receipts: number): number[] => {
  const isSampled = sampleOf(seed, share, receipts);
  return Array.from({ length: receipts }, (_, position) => position).filter(isSampled);
};

it('chooses about the share asked for, all at 1 and none at 0', () => {
  const seed = Buffer.alloc(32, 7);
  expect(chosen(seed, 1, 500)).toHaveLength(500);
  expect(chosen(seed, 0, 500)).toHaveLength(0);
  const { length } = chosen(seed, 0.01, 100_000);
  // Five standard deviations around 1,000.
  expect(Math.abs(length - 1_000)).toBeLessThan(160);
});

it('is the same choice for the same seed and another one for another', () => {
  const seed = randomBytes(32);
  expect(chosen(seed, 0.1, 4_000)).toEqual(chosen(seed, 0.1, 4_000));
  expect(chosen(seed, 0.1, 4_000)).not.toEqual(chosen(randomBytes(32), 0.1, 4_000));
});

it('holds a smaller share in a larger one, so that a repeat with a larger share looks at no fewer', () => {
  const seed = randomBytes(32);
  const larger = new Set(chosen(seed, 0.3, 4_000));
  expect(chosen(seed, 0.1, 4_000).every((position) => larger.has(position))).toBe(true);
});
