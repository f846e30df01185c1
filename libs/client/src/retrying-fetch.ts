import { PortalUnreachable } from './portal-problem.js';

/** How calls are repeated. */
export interface RetrySettings {
  /** Attempts beyond the first; 0: none. */
  readonly retriesMax: number;
  /** For one attempt. */
  readonly timeoutMs: number;
  /** Longest wait between two attempts; it doubles from a tenth of a second up to this. */
  readonly backoffMsMax: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly fetch: (request: Request) => Promise<Response>;
}

const BACKOFF_MS = 100;
/** The service in between or behind is away for now. */
const TRANSIENT = new Set([429, 502, 503, 504]);

/**
 * A fetch that repeats what may be repeated: reads, and changes with an Idempotency-Key. Anything else is sent once.
 *
 * @throws PortalUnreachable when no attempt got an answer
 */
export function retryingFetch(settings: RetrySettings): (request: Request) => Promise<Response> {
  return async (request) => {
    const isRepeatable = request.method === 'GET' || request.headers.has('idempotency-key');
    const attempts = isRepeatable ? settings.retriesMax + 1 : 1;
    for (let attempt = 1; ; attempt += 1) {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(settings.timeoutMs)]);
      const isLast = attempt >= attempts;
      const outcome = await settings
        .fetch(new Request(request.clone(), { signal }))
        .catch((error: unknown) => ({ error }));
      if (outcome instanceof Response) {
        if (isLast || !TRANSIENT.has(outcome.status)) return outcome;
        await outcome.body?.cancel();
        await settings.sleep(waitMs(attempt, settings, retryAfterMs(outcome)));
        continue;
      }
      request.signal.throwIfAborted();
      if (isLast) throw new PortalUnreachable(request.url, outcome.error);
      await settings.sleep(waitMs(attempt, settings, 0));
    }
  };
}

function waitMs(attempt: number, { backoffMsMax, random }: RetrySettings, wantedMs: number): number {
  const backoffMs = Math.min(BACKOFF_MS * 2 ** (attempt - 1), backoffMsMax);
  // Half of it is random, so that clients that failed together do not come back together.
  return Math.min(Math.max(wantedMs, backoffMs * (0.5 + random() / 2)), backoffMsMax);
}

/** `Retry-After` in whole seconds; a date or nothing is 0. */
function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? '0');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0;
}
