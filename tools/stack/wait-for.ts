/**
 * Repeats `probe` until it gives something other than undefined or false, and returns that.
 * Rejects after `timeoutMs` with `what`, and with the last error when the probe threw.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 30_000,
  intervalMs = 100,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}`, last ? { cause: last } : {});
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
