export * from '../../tools/stack/services.js';
