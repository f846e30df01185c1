export * from '../../tools/stack/load.js';
