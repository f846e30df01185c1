/** Injection tokens of what has no class of its own. */
export const CONFIG = Symbol('gateway configuration');
export const LOGGER = Symbol('logger');
export const REGISTRY = Symbol('metrics registry');
export const CHAIN_CATALOGUE = Symbol('chain catalogue');
export const QUOTA_REDIS = Symbol('Redis connection of the daily limits');
export const QUEUE_REDIS = Symbol('Redis connection of the chunk queue');
export const CHUNK_QUEUE = Symbol('chunk queue');
