export * from '../../tools/stack/anvil.js';
