export * from '../../tools/stack/redis-topologies.js';
