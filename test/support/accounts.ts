export * from '../../tools/stack/accounts.js';
