const [SECOND_MS, MINUTE_MS, HOUR_MS] = [1_000, 60_000, 3_600_000];

/** Pauses after each failed attempt, milliseconds: ten attempts over some three days. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** How long a channel may do nothing but fail before it is disabled: five days. */
export const DISABLE_AFTER_MS = 5 * 24 * HOUR_MS;

/** Share of a pause that chance adds at most, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * The pause before the next attempt, or null when there is none.
 *
 * @param attempts attempts made so far, at least 1
 * @param random 0 (included) to 1 (excluded)
 */
export function retryDelayMs(attempts: number, delaysMs: readonly number[], random: number): number | null {
  const delayMs = delaysMs[attempts - 1];
  return delayMs === undefined ? null : Math.round(delayMs * (1 + JITTER * random));
}
