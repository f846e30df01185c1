/** Injection tokens of what has no class of its own. */
export const WORKER_CONFIG = Symbol('worker configuration');
export const WORKER_LOGGER = Symbol('logger');
export const WORKER_REDIS = Symbol('Redis connection of the queues');
export const LEDGER = Symbol('ledger');
