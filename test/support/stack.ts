export * from '../../tools/stack/stack.js';
