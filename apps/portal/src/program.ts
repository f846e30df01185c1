import { OPERATIONS, type OperationDescription, PortalProblem, PortalUnreachable } from '#libs/client';
import { Command, CommanderError, Option } from 'commander';
import { commandName } from './command-names.js';
import { isDestructive } from './confirm.js';
import { flagOf, pathFlag, placeholder } from './flags.js';
import { EXIT, type Io, UsageError } from './io.js';
import { quickstart } from './quickstart.js';
import { type OperationCommand, type OperationOptions, runOperation } from './run-operation.js';

const EXAMPLES = `
Examples:
  portal quickstart                                       from nothing to a first relay
  portal tenants list --all
  portal tenants suspend <tenantId> --reason "Invoice 2026-10 is unpaid"
  portal keys rotate <keyId> --tenant <id> --endpoint <id> --overlap 24h --yes
  portal usage show --from 2026-11-01 --group-by day,tenant --output ndjson
  portal network show --watch 5

Where and as whom, the first that is there: --url, --token or --token-file; PORTAL_URL, PORTAL_TOKEN or PORTAL_TOKEN_FILE;
.data/dev.json of a running npm start. PORTAL_TENANT stands in for --tenant. A token on the command line is seen by
everybody on the machine; prefer the others.

Exit codes: 0 done, 1 refused, 2 not understood, 3 nothing answers.`;

/** Every operation of the API as a command. */
export const OPERATION_COMMANDS: readonly OperationCommand[] = Object.entries<OperationDescription>(OPERATIONS).map(
  ([id, operation]) => {
    const name = commandName(id, operation);
    return {
      id,
      name,
      operation,
      query: operation.query.map((field) => flagOf(field, name.group)),
      body: (operation.body ?? []).map((field) => flagOf(field, name.group)),
    };
  },
);

/** Runs one command line, without `node` and the program's name; resolves with the exit code. Never rejects. */
export async function runPortal(words: readonly string[], io: Io): Promise<number> {
  try {
    await buildProgram(io).parseAsync([...words], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return explain(error, io);
  }
}

/** The whole command line. Throws instead of ending the process. */
export function buildProgram(io: Io): Command {
  const program = new Command('portal')
    .description('Everything that the admin API of a POKT portal can do, by hand and in scripts.')
    .option('--url <url>', 'address of the admin API')
    .option('--token <token>', 'credential')
    .option('--token-file <file>', 'file that holds the credential')
    .option('--tenant <tenantId>', 'tenant that the command is about')
    .option('--yes', 'do not ask before harm is done')
    .addOption(
      new Option('--output <format>', 'form of the answer').choices(['table', 'json', 'ndjson']).default('table'),
    )
    .addHelpText('after', EXAMPLES)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help tells what may be typed)')
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => io.columns,
      getErrHelpWidth: () => io.columns,
    })
    .exitOverride();
  const groups = new Map<string, Command>();
  for (const command of OPERATION_COMMANDS) {
    const { group } = command.name;
    let parent = groups.get(group);
    if (!parent) {
      parent = program.command(group).description(`${command.operation.tag}: `);
      groups.set(group, parent);
    }
    addOperation(parent, command, io);
  }
  for (const group of groups.values()) {
    group.description(group.description() + group.commands.map((command) => command.name()).join(', '));
  }
  program
    .command('quickstart')
    .description('From nothing to a first relay: tenant, staked application, endpoint, key, relay')
    .option('--name <name>', 'name of the tenant', 'Quickstart')
    .option('--chain <chain>', 'chain to relay to', 'eth-mainnet')
    .option('--stake-pokt <pokt>', 'stake of the application', '1000')
    .action((_options, command: Command) => quickstart(command.optsWithGlobals(), io));
  return program;
}

function addOperation(parent: Command, command: OperationCommand, io: Io): void {
  const { operation, name } = command;
  const added = parent.command(name.verb).description(operation.summary);
  if (name.subject !== null) added.argument(`<${name.subject}>`);
  for (const { name: parameter, description } of operation.pathParameters) {
    const isGlobal = parameter === 'tenantId';
    if (parameter !== name.subject && !isGlobal) added.option(`--${pathFlag(parameter)} <id>`, description);
  }
  for (const flag of [...command.query, ...command.body]) {
    const { description, isRequired } = flag.field;
    added.option(`--${flag.name} <${placeholder(flag.field)}>`, `${description}${isRequired ? ' (required)' : ''}`);
  }
  if (operation.body !== null) added.option('--body <json>', 'whole body: JSON, @file, or - for standard input');
  if (operation.page !== null) added.option('--all', 'every page, not only the first');
  if (operation.method === 'GET') added.option('--watch [seconds]', 'again and again, every 2 seconds unless stated');
  if (operation.takesIdempotencyKey)
    added.option('--idempotency-key <key>', 'name of this change, to repeat it safely');
  if (operation.takesPrefer)
    added.option('--wait <seconds>', 'how long the answer may wait for what it describes, at most 60');
  if (operation.takesIfMatch) added.option('--if-match <etag>', 'only while the thing is at this version');
  added.addHelpText('after', helpOf(command));
  added.action(async (...typed: unknown[]) => {
    const own = typed.at(-1) as Command;
    const [subject] = own.args;
    await runOperation(command, { subject, options: own.optsWithGlobals<OperationOptions>() }, io);
  });
}

function helpOf({ id, name, operation, body }: OperationCommand): string {
  const words = ['portal', name.group, name.verb, ...(name.subject === null ? [] : [`<${name.subject}>`])];
  for (const { name: parameter } of operation.pathParameters) {
    if (parameter !== name.subject) words.push(`--${pathFlag(parameter)}`, '<id>');
  }
  const example = (operation.exampleBody ?? {}) as Readonly<Record<string, unknown>>;
  for (const { field, name: flag } of body.filter(({ field: { isRequired } }) => isRequired)) {
    const value = example[field.name];
    const text =
      typeof value === 'string' ? value : Array.isArray(value) ? value.join(',') : JSON.stringify(value ?? null);
    words.push(`--${flag}`, /^[\w.,:/*-]+$/.test(text) ? text : `'${text}'`);
  }
  if (isDestructive(name.verb, operation)) words.push('--yes');
  const about = operation.description === '' ? '' : `\n${operation.description}\n`;
  return `${about}\nExample:\n  ${words.join(' ')}\n\n${operation.method} ${operation.path} (${id})`;
}

/** Tells what went wrong, and what to do about it, and returns the exit code. */
function explain(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof PortalProblem) {
    const lines = [
      `${error.title} (HTTP ${error.status})`,
      error.detail,
      ...placesOf(error),
      `code     ${error.code}`,
      ...(error.requestId === '' ? [] : [`request  ${error.requestId}`]),
      ...(error.docs === '' ? [] : [`docs     ${error.docs}`]),
    ];
    io.err(`${lines.filter((line) => line !== '').join('\n')}\n`);
    return EXIT.refused;
  }
  if (error instanceof PortalUnreachable) {
    io.err(`${error.message}\nIs it running there (npm start), and is the address right (--url, PORTAL_URL)?\n`);
    return EXIT.unreachable;
  }
  io.err(`${error instanceof Error ? error.message : String(error)}\n`);
  return error instanceof UsageError ? EXIT.usage : EXIT.refused;
}

function placesOf({ body }: PortalProblem): string[] {
  const errors: unknown = body['errors'];
  if (!Array.isArray(errors)) return [];
  return errors.map((error: { path?: string; message?: string }) => `  ${error.path ?? ''}: ${error.message ?? ''}`);
}
