import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerPort } from '#libs/ledger';

const PAUSE_MS = 250;

/** Longest wait that a caller may ask for, seconds: proxies close what is silent for a minute. */
const WAIT_SECONDS_MAX = 60;

/**
 * Seconds that a `Prefer` header (RFC 7240) asks to wait, at most 60; 0 when it asks for none. A preference that is not understood is ignored,
 * as the RFC wants it.
 */
export function waitSecondsOf(prefer: string | undefined): number {
  const found = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})"?(?=$|[,;\s])/i.exec(prefer ?? '');
  return Math.min(Number(found?.[1] ?? 0), WAIT_SECONDS_MAX);
}

/** Resolves once the ledger has this height, or the time is over, or the process stops; never rejects. */
export async function untilHeight(
  ledger: Pick<LedgerPort, 'height'>,
  height: number,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const isOver = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  while (!isOver.aborted) {
    const now = await ledger.height().catch(() => 0);
    if (now >= height) return;
    await sleep(PAUSE_MS, undefined, { signal: isOver }).catch(() => undefined);
  }
}
