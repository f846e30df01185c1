import { ConfigError } from '#libs/config';
import { migrate } from '#libs/persistence';
import { migrations } from '#migrations';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { colours as pc } from './colours.js';
import { announce } from './announce.js';
import { appSpecs } from './apps.js';
import { type DevConfig, readDevConfig } from './config.js';
import { LogFile } from './log-file.js';
import { DEMO_STAKE_POKT, type Demo } from './demo.js';
import { RepeatFilter, readableLine } from './output-line.js';
import { plannedPorts, portProblems } from './ports.js';
import { prepareEmbeddedPostgres, removeOutsidePlace } from './postgres.js';
import { ensureRedisBinary } from './redis-binary.js';
import { prepareRedis } from './redis.js';
import { type IdentityOf, RunRecord } from './run-record.js';
import { readOrCreateSecrets } from './secrets.js';
import { seedDemo } from './seed.js';
import { StatusLine } from './status.js';
import { type ProcessSpec, SupervisedProcess } from './supervised-process.js';
import { Terminal } from './terminal.js';

/** How `scripts/start.mjs` calls the supervisor; it holds the lock of `.data` by then. */
export interface StartOptions {
  /** The checkout. */
  readonly root: string;
  /** Forget all data first. */
  readonly reset: boolean;
  /** Show every log line. */
  readonly verbose: boolean;
  readonly identityOf: IdentityOf;
}

/** Something that a person can mend; its message is all they see. */
class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

/** Runs everything until Ctrl-C or SIGTERM; resolves with the exit status once no child is left. */
export async function start(options: StartOptions): Promise<number> {
  const terminal = new Terminal();
  const supervisor = new Supervisor(options, terminal);
  try {
    return await supervisor.run();
  } catch (error) {
    await supervisor.stopAll();
    if (supervisor.isStopping) return 0;
    const mendable = error instanceof StartProblem || error instanceof ConfigError;
    terminal.say('start', pc.red(error instanceof Error ? error.message : String(error)));
    if (!mendable && options.verbose && error instanceof Error) terminal.say('start', error.stack ?? '');
    return 1;
  }
}

class Supervisor {
  private readonly directory: string;
  private readonly record: RunRecord;
  /** In groups that stop one after the other; within a group together. First to start is last to stop. */
  private readonly groups: SupervisedProcess[][] = [];
  private readonly stopRequested = new AbortController();
  private stopped: Promise<void> | null = null;
  private readonly repeats = new RepeatFilter();
  private exitStatus = 0;

  constructor(
    private readonly options: StartOptions,
    private readonly terminal: Terminal,
  ) {
    this.directory = join(options.root, '.data');
    this.record = new RunRecord(this.directory, options.identityOf);
  }

  get isStopping(): boolean {
    return this.stopRequested.signal.aborted && this.exitStatus === 0;
  }

  async run(): Promise<number> {
    const startedAt = performance.now();
    this.obeySignals();
    const config = readDevConfig();
    await this.clearAway(config);
    await this.requirePorts(config);
    const secrets = readOrCreateSecrets(this.directory);
    const stores = await this.startStores(config, secrets);
    await this.phase('migrate', async () => {
      const ran = await migrate(stores.databaseUrl, migrations);
      return ran.length === 0 ? 'the schema is up to date' : `${ran.length} migrations ran`;
    });
    const apps = appSpecs({ root: this.options.root, directory: this.directory, config, secrets, ...stores });
    await this.startGroup([apps.devnet]);
    // Together, to be quick; as two groups, because the worker stops after those who give it work.
    await Promise.all([this.startGroup([apps.worker]), this.startGroup([...apps.gateways, apps.admin])]);
    const demo = await this.seed(config, secrets.adminToken);
    this.throwIfStopping();
    announce({
      terminal: this.terminal,
      config,
      directory: this.directory,
      adminToken: secrets.adminToken,
      demo,
      ...stores,
      startedAt,
    });
    const status = new StatusLine(config, demo);
    const isLive = this.terminal.isLive;
    const stopStatus = status.start(isLive ? 1_000 : 10_000, (text) => this.terminal.setStatus(text));
    await new Promise<void>((resolve) => {
      if (this.stopRequested.signal.aborted) resolve();
      this.stopRequested.signal.addEventListener('abort', () => resolve());
    });
    stopStatus();
    await this.stopAll();
    return this.exitStatus;
  }

  private seed(config: DevConfig, adminToken: string): Promise<Demo> {
    return this.phase('demo', async () => {
      const { directory } = this;
      const { signal } = this.stopRequested;
      const { demo, isNew } = await seedDemo({ config, directory, adminToken, signal });
      const stake = `${DEMO_STAKE_POKT.toLocaleString('en-US')} POKT`;
      return [isNew ? `made a tenant whose application stakes ${stake}` : 'the tenant of the last start', demo];
    });
  }

  /** Stops every child, last started first; safe to call twice. */
  stopAll(): Promise<void> {
    this.stopped ??= this.stopGroups();
    return this.stopped;
  }

  private async stopGroups(): Promise<void> {
    this.terminal.clearStatus();
    if (this.groups.length > 0) this.terminal.say('stop', 'stopping everything (Ctrl-C again ends it at once)');
    for (const group of this.groups.toReversed()) await Promise.all(group.map((child) => child.stop()));
    if (this.groups.length > 0)
      this.terminal.say('stop', 'everything has stopped; npm start continues with the same data');
  }

  private obeySignals(): void {
    let firstAt = 0;
    const stop = (signal: NodeJS.Signals): void => {
      if (!this.stopRequested.signal.aborted) {
        firstAt = performance.now();
        this.stopRequested.abort(new Error(signal));
        return;
      }
      // npm passes the terminal's Ctrl-C on, so the same key press arrives twice.
      if (performance.now() - firstAt > 1_000) for (const child of this.groups.flat()) child.kill();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    // A closed terminal refuses what is written to it; that must not end us before the children have stopped.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    this.followNpm(stop);
  }

  /** `npm start` that is ended by SIGTERM ends its shell, which passes nothing on; our parent changes then. */
  private followNpm(stop: (signal: NodeJS.Signals) => void): void {
    if (process.env['npm_lifecycle_event'] === undefined) return;
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent && !this.stopRequested.signal.aborted) stop('SIGTERM');
    }, 500).unref();
  }

  /** Leftovers of a supervisor that was killed, and with `--reset` all data. */
  private async clearAway(config: DevConfig): Promise<void> {
    mkdirSync(join(this.directory, 'logs'), { recursive: true });
    const orphans = await this.record.stopOrphans();
    if (orphans.length > 0)
      this.terminal.say('start', `stopped what an earlier run left behind: ${orphans.join(', ')}`);
    if (!this.options.reset) return;
    const foreign = [config.DATABASE_URL && 'DATABASE_URL', config.REDIS_URL && 'REDIS_URL'].filter(Boolean);
    if (foreign.length > 0) {
      throw new StartProblem(
        `--reset forgets only what npm start keeps in .data/, and ${foreign.join(' and ')} names a server of yours. Empty it yourself and remove .data/, or unset the variable.`,
      );
    }
    removeOutsidePlace(this.directory);
    for (const entry of readdirSync(this.directory)) {
      if (entry !== 'supervisor.lock') rmSync(join(this.directory, entry), { recursive: true, force: true });
    }
    mkdirSync(join(this.directory, 'logs'), { recursive: true });
    this.terminal.say('start', 'forgot all data');
  }

  private async requirePorts(config: DevConfig): Promise<void> {
    const problems = await portProblems(plannedPorts(config));
    if (problems.length > 0) throw new StartProblem(problems.join('\n'));
  }

  private async startStores(
    config: DevConfig,
    secrets: { readonly postgresPassword: string; readonly redisPassword: string },
  ): Promise<{ databaseUrl: string; redisUrl: string }> {
    const { directory } = this;
    const redis = config.REDIS_URL
      ? null
      : prepareRedis({
          directory,
          port: config.REDIS_PORT,
          password: secrets.redisPassword,
          binary: ensureRedisBinary((sentence) => this.terminal.say('redis', sentence), {
            REDIS_SERVER: config.REDIS_SERVER,
            PATH: config.environment['PATH'],
          }),
        });
    const postgres = config.DATABASE_URL
      ? null
      : await prepareEmbeddedPostgres({ directory, port: config.POSTGRES_PORT, password: secrets.postgresPassword });
    for (const note of postgres?.notes ?? []) this.terminal.say('postgres', note);
    await this.startGroup([postgres?.spec, redis?.spec].filter((spec) => spec !== undefined));
    await postgres?.createDatabase();
    return {
      databaseUrl: postgres?.url ?? config.DATABASE_URL ?? '',
      redisUrl: redis?.url ?? config.REDIS_URL ?? '',
    };
  }

  private async startGroup(specs: readonly ProcessSpec[]): Promise<void> {
    this.throwIfStopping();
    const group = specs.map((spec) => this.supervised(spec));
    if (group.length === 0) return;
    this.groups.push(group);
    await Promise.all(
      group.map(async (child) => {
        const startedAt = performance.now();
        await child.start();
        this.terminal.say(child.spec.name, `ready ${pc.dim(`in ${seconds(startedAt)}`)}`);
      }),
    );
  }

  private supervised(spec: ProcessSpec): SupervisedProcess {
    const { terminal } = this;
    return new SupervisedProcess(spec, {
      record: this.record,
      log: new LogFile(join(this.directory, 'logs', `${spec.name}.log`)),
      events: {
        line: (name, line) => {
          const readable = readableLine(line, this.options.verbose);
          if (readable !== null && (this.options.verbose || this.repeats.isNews(name, readable, performance.now()))) {
            terminal.say(name, readable);
          }
        },
        restarting: (name, how, delayMs) =>
          terminal.warn(name, `${how}; starting it again in ${(delayMs / 1000).toFixed(2)} s`),
        recovered: (name) => terminal.say(name, 'ready again'),
        failed: (name, how) => {
          terminal.say(name, pc.red(`${how}\nThis is not getting better, so everything stops.`));
          this.exitStatus = 1;
          this.stopRequested.abort(new Error(`${name} failed`));
        },
      },
    });
  }

  private async phase<T>(who: string, work: () => Promise<readonly [string, T]>): Promise<T>;
  private async phase(who: string, work: () => Promise<string>): Promise<void>;
  private async phase<T>(who: string, work: () => Promise<string | readonly [string, T]>): Promise<T | void> {
    this.throwIfStopping();
    const startedAt = performance.now();
    const outcome = await work();
    const [sentence, value] = typeof outcome === 'string' ? [outcome, undefined] : outcome;
    this.terminal.say(who, `${sentence} ${pc.dim(`(${seconds(startedAt)})`)}`);
    return value;
  }

  private throwIfStopping(): void {
    this.stopRequested.signal.throwIfAborted();
  }
}

function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
