import { setTimeout as sleep } from 'node:timers/promises';

/** Polls `condition` until it holds; rejects after `timeoutMs`. A condition that throws or rejects does not hold yet. */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      if (await condition()) return;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    signal?.throwIfAborted();
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs / 1000} s`, { cause: lastError });
    await sleep(50, undefined, signal ? { signal } : {});
  }
}
