export * from './errors.js';
export type { LedgerPort, LocalLedger } from './ledger-port.js';
export * from './types.js';
