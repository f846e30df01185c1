import type { PortalEnvironment } from './config.js';

/** What the command line has of the world around it, so that tests can be that world. */
export interface Io {
  readonly env: PortalEnvironment;
  /** Where `.data/dev.json` is looked for, and in the folders above it. */
  readonly directory: string;
  /** Characters of a line. */
  readonly columns: number;
  /** Somebody can be asked. */
  readonly isInteractive: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks a question and resolves with the line that was typed. */
  readonly ask: (question: string) => Promise<string>;
  /** Everything on standard input. */
  readonly input: () => Promise<string>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Ends `--watch` and waiting. */
  readonly signal: AbortSignal;
  /** Sends relays and calls; the global one unless a test counts them. */
  readonly fetch: (request: Request) => Promise<Response>;
}

/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** The API or the gateway refused, or a confirmation was not given. */
  refused: 1,
  /** The command line cannot be understood as typed. */
  usage: 2,
  /** Nothing answered at the address. */
  unreachable: 3,
} as const;

/** The command cannot be carried out as typed; the text says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Somebody was asked and did not agree. */
export class DeclinedError extends Error {
  override readonly name = 'DeclinedError';
}
