import { ALL_KINDS, FAULT_KINDS, type FaultKind } from './schedule.js';

/** What the command line asks for. */
export interface FaultArguments {
  readonly faults: number;
  readonly seed: number;
  readonly kinds: readonly FaultKind[];
  readonly secondsBetween: number;
  readonly rate: number;
  readonly json: boolean;
}

/** Why a command line cannot be run, for the person who typed it. */
export class ArgumentsError extends Error {
  override readonly name = 'ArgumentsError';
}

const DEFAULTS = { faults: 20, seed: 1, secondsBetween: 2, rate: 100 };

/** Text of `--help`. */
export const HELP = `npm run faults -- [options]

Starts the whole system with a network of its own, sends relays at a steady rate, breaks one part after another, and
compares at the end what clients, nodes, invoices and the ledger counted. Exits 1 when they disagree.

  --faults n             faults (${DEFAULTS.faults})
  --seed n               chooses kinds, moments and victims (${DEFAULTS.seed})
  --only a,b             only these kinds
  --seconds-between n    mean time between a fault's end and the next (${DEFAULTS.secondsBetween})
  --rate n               relays a second (${DEFAULTS.rate})
  --json                 JSON on standard output; progress stays on standard error
  --help                 this text

${ALL_KINDS.map((kind) => `  ${kind.padEnd(18)} ${FAULT_KINDS[kind]}`).join('\n')}
`;

/** Reads the command line; `'help'` when that is what was asked for. Throws {@link ArgumentsError}. */
export function readArguments(words: readonly string[]): FaultArguments | 'help' {
  const read = { ...DEFAULTS, kinds: ALL_KINDS as readonly FaultKind[], json: false };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = (): string => {
      const next = words[(at += 1)];
      if (next === undefined || next.startsWith('--')) throw new ArgumentsError(`${word} needs a value.`);
      return next;
    };
    switch (word) {
      case '--help':
      case '-h':
        return 'help';
      case '--faults':
        read.faults = numberOf(word, value(), 1, 100_000, true);
        break;
      case '--seed':
        read.seed = numberOf(word, value(), 0, 0xffff_ffff, true);
        break;
      case '--seconds-between':
        read.secondsBetween = numberOf(word, value(), 0, 3_600, false);
        break;
      case '--rate':
        read.rate = numberOf(word, value(), 1, 5_000, true);
        break;
      case '--only':
        read.kinds = kindsOf(value());
        break;
      case '--json':
        read.json = true;
        break;
      default:
        throw new ArgumentsError(`Unknown option ${word}. --help lists all of them.`);
    }
  }
  return read;
}

function kindsOf(text: string): FaultKind[] {
  const names = new Set(text.split(',').filter((name) => name !== ''));
  for (const name of names) {
    if (!Object.hasOwn(FAULT_KINDS, name)) {
      throw new ArgumentsError(`No fault is called "${name}". There are ${ALL_KINDS.join(', ')}.`);
    }
  }
  if (names.size === 0) throw new ArgumentsError('--only needs the name of a fault.');
  return ALL_KINDS.filter((kind) => names.has(kind));
}

function numberOf(word: string, text: string, least: number, most: number, isWhole: boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= least && value <= most) || (isWhole && !Number.isInteger(value))) {
    throw new ArgumentsError(`${word} must be ${isWhole ? 'a whole number' : 'a number'} from ${least} to ${most}.`);
  }
  return value;
}
