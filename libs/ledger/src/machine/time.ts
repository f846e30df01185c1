import { NO_UNSTAKING_TIME } from '../types.js';

/** A time of the chain as RFC 3339; null is Go's zero time. */
export function rfc3339(timeMs: number | null): string {
  return timeMs === null ? NO_UNSTAKING_TIME : new Date(timeMs).toISOString();
}

/** Durations of parameters are nanoseconds; block times are milliseconds. */
export function msOfNanoseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n);
}
