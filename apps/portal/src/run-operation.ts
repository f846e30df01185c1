import { readFileSync } from 'node:fs';
import type { OperationDescription } from '#libs/client';
import type { CommandName } from './command-names.js';
import { confirm, isDestructive } from './confirm.js';
import { type GlobalOptions, clientOf, connectionOf } from './connection.js';
import { type Flag, pathFlag, valueOf } from './flags.js';
import { type Io, UsageError } from './io.js';
import { type OutputFormat, itemsOf, printAnswer } from './output.js';

/** Options of a command that carries out an operation, as typed. */
export interface OperationOptions extends GlobalOptions {
  readonly output: OutputFormat;
  readonly all?: boolean;
  /** true: every two seconds. */
  readonly watch?: string | true;
  readonly body?: string;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
  readonly wait?: string;
  readonly [flag: string]: unknown;
}

/** An operation as a command. */
export interface OperationCommand {
  readonly id: string;
  readonly name: CommandName;
  readonly operation: OperationDescription;
  readonly query: readonly Flag[];
  readonly body: readonly Flag[];
}

const WATCH_SECONDS = 2;
/** Erases the screen and puts the cursor in its first place. */
const CLEAR = '\u001B[2J\u001B[H';

/** Carries out what was typed and prints the answer. @throws UsageError, DeclinedError, PortalProblem, PortalUnreachable */
export async function runOperation(
  command: OperationCommand,
  typed: { readonly subject: string | undefined; readonly options: OperationOptions },
  io: Io,
): Promise<void> {
  const { operation, name } = command;
  const { options } = typed;
  const path = pathOf(command, typed.subject, options, io);
  const body = await bodyOf(command, options, io);
  if (isDestructive(name.verb, operation)) {
    const subject = name.subject === null ? (Object.values(path).at(-1) ?? name.group) : path[name.subject];
    await confirm(io, `portal ${name.group} ${name.verb}`, subject ?? name.group, options.yes === true);
  }
  const query = Object.fromEntries(
    command.query.flatMap((flag) => {
      const text = options[camel(flag.name)] ?? (flag.field.name === 'tenantId' ? options.tenant : undefined);
      return typeof text === 'string'
        ? [[flag.field.name, flag.field.isList ? text : valueOf(flag, text)] as const]
        : [];
    }),
  );
  const input = {
    path,
    query,
    ...(body === undefined ? {} : { body }),
    ...(options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }),
    ...(options.ifMatch === undefined ? {} : { ifMatch: options.ifMatch }),
    ...(options.wait === undefined ? {} : { waitSeconds: secondsOf(options.wait) }),
  };
  const client = clientOf(connectionOf(options, io), io);
  const once = async (): Promise<void> => {
    if (operation.mediaTypes.includes('application/x-ndjson') && (options.output === 'ndjson' || 'format' in query)) {
      return print(await client.raw(command.id, { ...input, ...(options.output === 'ndjson' ? NDJSON : {}) }), io);
    }
    if (options.all !== true || operation.page === null) return show(await read(await client.raw(command.id, input)));
    // The types of `pages` follow the document; here the operation is known by name only.
    const pages = client.pages(command.id as 'listTenants', input as never) as AsyncIterable<unknown>;
    const items: unknown[] = [];
    for await (const page of pages) {
      if (options.output === 'ndjson') printAnswer(io, 'ndjson', page);
      else items.push(...(itemsOf(page) ?? []));
    }
    if (options.output !== 'ndjson') show({ items, next: null });
  };
  const show = (answer: unknown): void => {
    printAnswer(io, options.output, answer);
    if (operation.method !== 'GET' && holdsSecret(answer)) io.err('The secret above is shown once; store it now.\n');
  };
  if (options.watch === undefined) return once();
  const seconds = options.watch === true ? WATCH_SECONDS : Number(options.watch);
  if (!(seconds >= 0.1)) throw new UsageError('--watch takes seconds, at least 0.1.');
  while (!io.signal.aborted) {
    if (io.isInteractive) io.out(CLEAR);
    await once();
    await io.sleep(seconds * 1_000);
  }
}

const NDJSON = { accept: 'application/x-ndjson' };

function pathOf(
  { name, operation }: OperationCommand,
  subject: string | undefined,
  options: OperationOptions,
  io: Io,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name: parameter } of operation.pathParameters) {
    const flag = pathFlag(parameter);
    const typed = parameter === name.subject ? subject : options[camel(flag)];
    const value = typed ?? (parameter === 'tenantId' ? io.env.PORTAL_TENANT : undefined);
    if (typeof value !== 'string' || value === '') {
      const hint = parameter === 'tenantId' ? ' or PORTAL_TENANT' : '';
      throw new UsageError(`portal ${name.group} ${name.verb} needs --${flag}${hint}.`);
    }
    values[parameter] = value;
  }
  return values;
}

/** `--body` as JSON, `@file` or `-`, with flags over it; undefined when the operation takes none. */
async function bodyOf(
  { operation, body, name }: OperationCommand,
  options: OperationOptions,
  io: Io,
): Promise<unknown> {
  if (operation.body === null) return undefined;
  const fields = body.flatMap((flag) => {
    const text = options[camel(flag.name)];
    return typeof text === 'string' ? [[flag.field.name, valueOf(flag, text)] as const] : [];
  });
  const whole = options.body === undefined ? {} : parse(await textOf(options.body, io));
  const made: Record<string, unknown> = { ...whole, ...Object.fromEntries(fields) };
  const missing = body.filter(({ field }) => field.isRequired && !(field.name in made)).map((flag) => `--${flag.name}`);
  if (missing.length > 0) throw new UsageError(`portal ${name.group} ${name.verb} needs ${missing.join(', ')}.`);
  return made;
}

async function textOf(source: string, io: Io): Promise<string> {
  if (source === '-') return io.input();
  if (!source.startsWith('@')) return source;
  try {
    return readFileSync(source.slice(1), 'utf8');
  } catch (error) {
    throw new UsageError(`--body cannot be read: ${(error as Error).message}`);
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new UsageError('--body is a JSON object, @file, or - for standard input.');
}

async function read(response: Response): Promise<unknown> {
  return response.headers.get('content-type')?.includes('json') ? response.json() : response.text();
}

/** Prints an answer as it arrives, however long it is. */
async function print(response: Response, io: Io): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) io.out(decoder.decode(chunk as Uint8Array, { stream: true }));
}

function holdsSecret(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && ['key', 'token', 'secret'].some((name) => name in answer);
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 60) throw new UsageError('--wait takes 0 to 60 seconds.');
  return seconds;
}

/** Name of a flag as the parser keeps it. */
function camel(flag: string): string {
  return flag.replaceAll(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}
