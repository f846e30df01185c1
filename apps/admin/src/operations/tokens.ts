/** Injection token of the Redis connection of queues and live views. */
export const OPERATIONS_REDIS = Symbol('Redis connection of queues and live views');
