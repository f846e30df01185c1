/** The value below which `share` (0..1) of the values lie; nearest rank. NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The middle value, or the mean of the two in the middle: one disturbed round does not move it. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)];
  if (upper === undefined) return Number.NaN;
  return Number.isInteger(half) ? ((sorted[half - 1] ?? upper) + upper) / 2 : upper;
}

/**
 * Median of the quotients of two series round by round. What slows the machine for a whole round slows both and cancels out,
 * which it would not do between two medians. NaN where no round has both.
 */
export function medianRatio(numerators: readonly number[], denominators: readonly number[]): number {
  const quotients: number[] = [];
  for (const [round, numerator] of numerators.entries()) {
    const denominator = denominators[round];
    if (denominator !== undefined && denominator > 0 && Number.isFinite(numerator))
      quotients.push(numerator / denominator);
  }
  return median(quotients);
}
