/** Groups of rows that `--only` names, in the order in which they run. */
export const GROUPS = {
  core: 'nginx, bare forwarder, bare signing forwarder and gateway, side by side',
  latency: 'the same at a fixed rate of 2,000/s',
  two: 'two gateway processes',
  crowd: '1,000 keep-alive connections; 10,000 tenants over 1,000 connections',
  large: 'small answers beside answers of 100 kB and of 5 MB',
  batch: 'batches of 100',
  websocket: 'WebSocket messages',
  reject: 'spent limit, unknown key',
  stages: 'what each stage of a relay costs alone',
} as const;

/** Name of a group of rows. */
export type Group = keyof typeof GROUPS;

/** What the command line asks for. */
export interface BenchArguments {
  readonly groups: ReadonlySet<Group>;
  readonly rounds: number;
  /** Seconds that one row is measured for in one round. */
  readonly seconds: number;
  readonly json: boolean;
  /** Where to leave a CPU profile of the gateway under load; null: none. */
  readonly profile: string | null;
  /** Root of another build whose gateway is measured beside this one, for before and after; null: none. */
  readonly beside: string | null;
  /** Relays of a long run that shows memory after each tenth; null: none. */
  readonly soak: number | null;
}

/** Why a command line cannot be run, for the person who typed it. */
export class ArgumentsError extends Error {
  override readonly name = 'ArgumentsError';
}

const FULL = { rounds: 5, seconds: 2 };
const SOAK_MAX = 1_000_000_000;
const QUICK = { rounds: 3, seconds: 1 };

/** Text of `--help`. */
export const HELP = `npm run bench -- [options]

Measures the gateway beside nginx and bare forwarders: each pinned to one core, medians of interleaved rounds of the same run.

  --quick            about a minute: ${QUICK.rounds} rounds of ${QUICK.seconds} s a row, without the slow groups
  --only a,b         only these groups: ${Object.keys(GROUPS).join(', ')}
  --rounds n         rounds (${FULL.rounds})
  --seconds n        seconds of a row in a round (${FULL.seconds})
  --json             JSON on standard output instead of the table
  --profile file     also leave a CPU profile of the gateway under load there, and print where its time goes
  --beside root      also measure the gateway built in another checkout, round by round beside this one
  --soak n           also send n relays and show memory after each tenth of them
  --help             this text

${Object.entries(GROUPS)
  .map(([name, text]) => `  ${name.padEnd(10)} ${text}`)
  .join('\n')}
`;

const SLOW_GROUPS: ReadonlySet<Group> = new Set(['two', 'crowd', 'large', 'batch', 'websocket']);

/** Reads the command line; `'help'` when that is what was asked for. Throws {@link ArgumentsError}. */
export function readArguments(words: readonly string[]): BenchArguments | 'help' {
  let quick = false;
  let json = false;
  let only: Set<Group> | null = null;
  let rounds: number | null = null;
  let seconds: number | null = null;
  let profile: string | null = null;
  let beside: string | null = null;
  let soak: number | null = null;
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
      case '--quick':
        quick = true;
        break;
      case '--json':
        json = true;
        break;
      case '--only':
        only = groupsOf(value());
        break;
      case '--rounds':
        rounds = countOf(word, value(), 100);
        break;
      case '--seconds':
        seconds = countOf(word, value(), 60);
        break;
      case '--beside':
        beside = value();
        break;
      case '--soak':
        soak = countOf(word, value(), SOAK_MAX);
        break;
      case '--profile':
        profile = value();
        break;
      default:
        throw new ArgumentsError(`Unknown option ${word}. --help lists all of them.`);
    }
  }
  const sizes = quick ? QUICK : FULL;
  const all = (Object.keys(GROUPS) as Group[]).filter((group) => !quick || !SLOW_GROUPS.has(group));
  return {
    groups: only ?? new Set(all),
    rounds: rounds ?? sizes.rounds,
    seconds: seconds ?? sizes.seconds,
    json,
    profile,
    beside,
    soak,
  };
}

function groupsOf(text: string): Set<Group> {
  const names = text.split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !(name in GROUPS));
  if (unknown !== undefined || names.length === 0) {
    throw new ArgumentsError(`No group is called "${unknown ?? ''}". There are ${Object.keys(GROUPS).join(', ')}.`);
  }
  return new Set(names as Group[]);
}

function countOf(word: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new ArgumentsError(`${word} must be 1 to ${most}.`);
  return value;
}
