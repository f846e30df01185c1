export { ConfigError, type EnvSchema, parseConfig } from './parse-config.js';
export {
  bytes,
  csv,
  databaseUrl,
  durationMs,
  httpUrl,
  listenHost,
  logLevel,
  optionalText,
  port,
  redisUrl,
  secret,
} from './fields.js';
export {
  type ClusterRedisAddress,
  type RedisAddress,
  RedisAddressError,
  type RedisHost,
  type SentinelRedisAddress,
  type SingleRedisAddress,
  parseRedisAddress,
} from './redis-address.js';
