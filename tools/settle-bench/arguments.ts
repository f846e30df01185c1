/** What the command line asks for. */
export interface SettleArguments {
  /** Relays of the session. */
  readonly relays: number;
  /** Shares to verify, one run each. */
  readonly shares: readonly number[];
  readonly threads: number;
  /** Directory in which the generated session is kept for the next run; null: a temporary one. */
  readonly keep: string | null;
  readonly json: boolean;
}

/** Why a command line cannot be run, for the person who typed it. */
export class ArgumentsError extends Error {
  override readonly name = 'ArgumentsError';
}

/** Text of `--help`. */
export const HELP = `npm run bench:settlement -- [options]

Signs the relays of one session (24 nodes), stores them as chunks in PostgreSQL and settles the session against the devnet's ledger:
signatures verified, trees built, claims, proofs. Prints time, processor time and memory of the settling process.

  --relays n        relays of the session (1000000)
  --shares a,b      shares of the signatures to verify, one run each (0.01,1)
  --threads n       verifying threads (2)
  --keep directory  keeps the signed session there, and uses it if it is there
  --json            JSON on standard output instead of the table
  --help            this text
`;

/** Reads the command line; `'help'` when that is what was asked for. Throws {@link ArgumentsError}. */
export function readArguments(words: readonly string[]): SettleArguments | 'help' {
  const asked = { relays: 1_000_000, shares: [0.01, 1], threads: 2, keep: null as string | null, json: false };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help') return 'help';
    if (word === '--json') {
      asked.json = true;
      continue;
    }
    const value = rest.shift();
    if (value === undefined) throw new ArgumentsError(`${word} needs a value`);
    if (word === '--relays') asked.relays = numberOf(word, value, 1_000, 50_000_000);
    else if (word === '--threads') asked.threads = numberOf(word, value, 1, 64);
    else if (word === '--keep') asked.keep = value;
    else if (word === '--shares') asked.shares = value.split(',').map((share) => numberOf(word, share, 0, 1));
    else throw new ArgumentsError(`unknown option ${word}`);
  }
  return asked;
}

function numberOf(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max)) {
    throw new ArgumentsError(`${option}: ${min} to ${max}, not ${text}`);
  }
  return value;
}
