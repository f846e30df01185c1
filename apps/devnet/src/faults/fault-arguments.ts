import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type FaultRule, behaviourSchema, faultRuleSchema } from './fault-script.js';

/** What a command line asks for. */
export type FaultCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'list'; readonly url: string }
  | { readonly kind: 'clear'; readonly url: string; readonly id: string | null }
  | { readonly kind: 'add'; readonly url: string; readonly rule: FaultRule };

/** The command line cannot be understood; the message says why. */
export class FaultArgumentsError extends Error {
  override readonly name = 'FaultArgumentsError';
}

/** Shown by `--help`. */
export const FAULTS_HELP = `Make service nodes of a running devnet misbehave.

  faults-cli --node 3 --latency-ms 500            node 3 waits half a second
  faults-cli --node 0,1 --lying --probability 0.2 two nodes lie in a fifth of their answers
  faults-cli --node all --flap 2000/500           every node is away half a second in two and a half
  faults-cli --list                               rules in force
  faults-cli --clear [--id NAME]                  remove them, or one

Where
  --url URL             RPC of the devnet (http://127.0.0.1:4300)
  --node N[,N...]|all   nodes by number, from 0
  --chain ID[,ID...]    only relays for these chain ids
  --method M[,M...]     only relays that call these JSON-RPC methods
When
  --probability P       share of requests, 0 to 1 (1)
  --after-ms MS         begin later (0)
  --for-ms MS           end so long after the beginning
  --id NAME             a name; a rule of the same name is replaced
What (combine freely)
  --latency-ms MS       wait before the answer
  --latency-jitter-ms MS  and up to this much more
  --drop                reset the connection
  --flap UP/DOWN        reset connections in the down part of each period, in milliseconds
  --error-code CODE     refuse with a pocketcore code
  --session-confusion 14|60  refuse as outside of the session
  --exhausted           refuse with 90
  --syncing             refuse as a node that catches up
  --height-skew-blocks N  believe in another height; beyond 10 it refuses with 75
  --wrong-id            another JSON-RPC id
  --wrong-chain         answers of another chain
  --stale-blocks N      answers from so many blocks ago
  --lying               a changed result
  --null-result         the result null
  --html node|chain     HTML with status 200, bare or signed
  --oversized-bytes N   a result of this size
  --bad-signature       a signature that does not verify
  --truncate transport|body  half an answer
  --gzip-bomb-bytes N   gzip that unpacks to this size
  --drip BYTES/MS       small pieces
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  list: flag,
  clear: flag,
  url: text,
  node: text,
  chain: text,
  method: text,
  probability: text,
  'after-ms': text,
  'for-ms': text,
  id: text,
  'latency-ms': text,
  'latency-jitter-ms': text,
  drop: flag,
  flap: text,
  'error-code': text,
  'session-confusion': text,
  exhausted: flag,
  syncing: flag,
  'height-skew-blocks': text,
  'wrong-id': flag,
  'wrong-chain': flag,
  'stale-blocks': text,
  lying: flag,
  'null-result': flag,
  html: text,
  'oversized-bytes': text,
  'bad-signature': flag,
  truncate: text,
  'gzip-bomb-bytes': text,
  drip: text,
} as const;

const NUMERIC = [
  'latency-ms',
  'latency-jitter-ms',
  'error-code',
  'session-confusion',
  'height-skew-blocks',
  'stale-blocks',
  'oversized-bytes',
  'gzip-bomb-bytes',
] as const;
const FLAGS = [
  'drop',
  'exhausted',
  'syncing',
  'wrong-id',
  'wrong-chain',
  'lying',
  'null-result',
  'bad-signature',
] as const;

/** Reads a command line. Throws {@link FaultArgumentsError}. */
export function parseFaultArguments(words: readonly string[]): FaultCommand {
  const { values } = parse(words);
  const url = (values.url ?? 'http://127.0.0.1:4300').replace(/\/+$/, '');
  if (values.help) return { kind: 'help' };
  if (values.list) return { kind: 'list', url };
  if (values.clear) return { kind: 'clear', url, id: values.id ?? null };
  if (values.node === undefined) throw new FaultArgumentsError('--node says which nodes; --help shows everything');
  const behaviour: Record<string, unknown> = {};
  for (const name of NUMERIC) if (values[name] !== undefined) behaviour[camelCase(name)] = number(name, values[name]);
  for (const name of FLAGS) if (values[name]) behaviour[camelCase(name)] = true;
  if (values.html !== undefined) behaviour['html'] = values.html;
  if (values.truncate !== undefined) behaviour['truncate'] = values.truncate;
  if (values.flap !== undefined) {
    const [upMs, downMs] = pair('flap', values.flap);
    behaviour['flap'] = { upMs, downMs };
  }
  if (values.drip !== undefined) {
    const [chunkBytes, everyMs] = pair('drip', values.drip);
    behaviour['drip'] = { chunkBytes, everyMs };
  }
  if (Object.keys(behaviour).length === 0)
    throw new FaultArgumentsError('say what the node shall do; --help shows everything');
  const rule = faultRuleSchema.extend({ behaviour: behaviourSchema }).safeParse({
    ...(values.id === undefined ? {} : { id: values.id }),
    nodes: values.node === 'all' ? 'all' : list(values.node).map((entry) => number('node', entry)),
    ...(values.chain === undefined ? {} : { chains: list(values.chain) }),
    ...(values.method === undefined ? {} : { methods: list(values.method) }),
    ...(values.probability === undefined ? {} : { probability: number('probability', values.probability) }),
    ...(values['after-ms'] === undefined ? {} : { afterMs: number('after-ms', values['after-ms']) }),
    ...(values['for-ms'] === undefined ? {} : { forMs: number('for-ms', values['for-ms']) }),
    behaviour,
  });
  if (!rule.success) throw new FaultArgumentsError(z.prettifyError(rule.error));
  return { kind: 'add', url, rule: rule.data };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: false });
  } catch (error) {
    throw new FaultArgumentsError((error as Error).message);
  }
}

function number(name: string, entry: string): number {
  const parsed = Number(entry);
  if (entry.trim() === '' || !Number.isFinite(parsed)) throw new FaultArgumentsError(`--${name} must be a number`);
  return parsed;
}

function pair(name: string, entry: string): [number, number] {
  const [first, second, ...rest] = entry.split('/');
  if (second === undefined || rest.length > 0)
    throw new FaultArgumentsError(`--${name} must be two numbers, as 100/20`);
  return [number(name, first ?? ''), number(name, second)];
}

function list(entry: string): string[] {
  return entry.split(',').map((part) => part.trim());
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
