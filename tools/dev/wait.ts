import { setTimeout as sleep } from 'node:timers/promises';

/** Polls `condition`, `pauseMs` apart, until it holds; rejects after `timeoutMs`. A condition that throws or rejects does not hold yet. */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  signal?: AbortSignal,
  pauseMs = 50,
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
    await sleep(pauseMs, undefined, signal ? { signal } : {});
  }
}
