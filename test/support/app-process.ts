export * from '../../tools/stack/app-process.js';
