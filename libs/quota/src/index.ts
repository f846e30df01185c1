export type {
  Admission,
  Admitted,
  DailyLimiter,
  DailyStanding,
  MonotonicClock,
  NotAdmitted,
  QuotaHooks,
  SpentByDay,
} from './daily-limiter.js';
export type { LimiterTimers, RedisDailyLimiterOptions, RedisForQuota } from './redis-daily-limiter.options.js';
export { MemoryDailyLimiter, type MemoryDailyLimiterOptions, MemoryQuotaStore } from './memory-daily-limiter.js';
export { UNITS_MAX } from './units.js';
export { SessionAllowance, type SessionAllowanceOptions } from './session-allowance.js';
export { RedisDailyLimiter } from './redis-daily-limiter.js';
export { type RateDecision, RateLimiter, type RateLimiterOptions } from './rate-limiter.js';
