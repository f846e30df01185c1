export * from '../../tools/stack/wait-for.js';
