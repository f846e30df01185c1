import { DEFAULT_WORKER_OPTIONS } from '#libs/queues';

/**
 * How soon the jobs of a killed worker are taken over: at most `lockDuration` + `stalledInterval` later. On a local network claims are
 * accepted for 16 s after a session, so the shared default of 20 s would cost the last chunk's rewards. A worker that is
 * merely slow for so long loses its lock to another one, which is harmless: a chunk that is stored twice is a no-op.
 */
export const TAKEOVER_OPTIONS = { ...DEFAULT_WORKER_OPTIONS, lockDuration: 5_000, stalledInterval: 2_000 } as const;
