import type { DailyLimiter } from '#libs/quota';
import type { Caller } from '../relay/authorise.js';

/** Headers of every answer on the relay path; one object, never changed. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Content-Length, X-Portal-Explain, X-Portal-Notice',
};

/** Answers a browser's preflight. Allows what was asked for: no credentials travel, the key is in the URL or a header. */
export function preflightHeaders(requested: string | undefined): Record<string, string> {
  const allowed =
    requested !== undefined && /^[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,1024}$/.test(requested)
      ? requested
      : 'content-type, authorization, x-api-key';
  return {
    ...COMMON_HEADERS,
    'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
    'access-control-allow-headers': allowed,
    'access-control-max-age': '86400',
    vary: 'Access-Control-Request-Headers',
  };
}

/** Where the endpoint's applications stand on their day, together. */
export interface RateLimitHeaders {
  readonly limit: string;
  readonly remaining: string;
  readonly resetSeconds: string;
}

const DAY_MS = 86_400_000;

/** From memory alone: no answer waits for Redis to say how much is left. */
export function rateLimitOf(caller: Caller, limiter: DailyLimiter, nowMs: number): RateLimitHeaders {
  let limit = 0;
  let remaining = 0;
  let resetAtMs = 0;
  for (const application of caller.endpoint.applications) {
    const dailyMax = application.dailyRelaysMax;
    if (dailyMax === 0) continue;
    limit += dailyMax;
    const standing = limiter.standing(application.applicationId, dailyMax);
    remaining += standing === null ? dailyMax : standing.remaining;
    if (standing !== null) resetAtMs = standing.resetAtMs;
  }
  if (resetAtMs === 0) resetAtMs = (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
  return {
    limit: String(limit),
    remaining: String(remaining),
    resetSeconds: String(Math.max(0, Math.ceil((resetAtMs - nowMs) / 1_000))),
  };
}
