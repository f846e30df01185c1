/** Length of a UTC day; Unix time has no leap seconds. */
export const DAY_MS = 86_400_000;

/** The UTC day of a Unix time in milliseconds, as YYYY-MM-DD. */
export function dayOf(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(0, 10);
}

/** The first 00:00 UTC after `unixMs`, in Unix milliseconds. */
export function nextMidnightMs(unixMs: number): number {
  return (Math.floor(unixMs / DAY_MS) + 1) * DAY_MS;
}
