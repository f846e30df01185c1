import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { readableLine } from './output-line.js';
import type { LogFile } from './log-file.js';
import { type RunRecord, signal, signalGroup } from './run-record.js';
import { waitFor } from './wait.js';

/** How to run, probe and stop one process. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Another user to run as; PostgreSQL refuses root. */
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** After this long it is killed. */
  readonly stopTimeoutMs: number;
  readonly readyTimeoutMs: number;
  /** Whether it can serve. */
  ready(): Promise<boolean>;
}

/** What a supervised process tells. */
export interface ProcessEvents {
  /** A line of its output. */
  line(name: string, line: string): void;
  /** It died and will run again in `delayMs`. */
  restarting(name: string, how: string, delayMs: number): void;
  /** It runs and is ready again. */
  recovered(name: string): void;
  /** It died too often; nothing more is tried. */
  failed(name: string, how: string): void;
}

const RESTARTS_MAX = 10;
const RESTARTS_WINDOW_MS = 5 * 60_000;
const DELAY_MIN_MS = 250;
const DELAY_MAX_MS = 5_000;

/**
 * One process that is kept running: it leads a process group of its own, so that Ctrl-C reaches the supervisor alone and
 * the order of stopping is kept. When it dies it is started again, ever later, at most {@link RESTARTS_MAX} times within
 * five minutes.
 */
export class SupervisedProcess {
  private child: ChildProcess | null = null;
  private exited: Promise<void> = Promise.resolve();
  private readonly stopping = new AbortController();
  private readonly deaths: number[] = [];
  private lastLines: string[] = [];

  constructor(
    readonly spec: ProcessSpec,
    private readonly collaborators: {
      readonly record: RunRecord;
      readonly log: LogFile;
      readonly events: ProcessEvents;
    },
  ) {}

  /** Its process id while it runs. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Starts it and resolves when it is ready. @throws Error that says how it ended, with its last lines. */
  async start(): Promise<void> {
    const died = this.spawn();
    const probing = new AbortController();
    const failure = died.then((how) => {
      probing.abort();
      throw new Error(`${this.spec.name} ${how}.${this.tail()}`);
    });
    failure.catch(() => undefined);
    const signals = AbortSignal.any([probing.signal, this.stopping.signal]);
    const ready = waitFor(() => this.spec.ready(), this.spec.readyTimeoutMs, signals).catch((error: Error) => {
      if (probing.signal.aborted) return failure;
      throw new Error(`${this.spec.name} did not become ready: ${error.message}.${this.tail()}`, { cause: error });
    });
    await Promise.race([ready, failure]);
    void died.then((how) => this.onDeath(how));
  }

  /** Asks it to stop, waits, and kills what is left of its group. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const pid = this.pid;
    if (pid !== null) {
      signal(pid, this.spec.stopSignal);
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), this.spec.stopTimeoutMs);
      await this.exited;
      clearTimeout(timer);
    }
    await this.collaborators.log.close();
  }

  /** Ends it at once, for an impatient second Ctrl-C. */
  kill(): void {
    this.stopping.abort();
    if (this.pid !== null) signalGroup(this.pid, 'SIGKILL');
  }

  /** Spawns it; resolves with how it ended. */
  private spawn(): Promise<string> {
    const { spec } = this;
    this.lastLines = [];
    const child = spawn(spec.command, spec.args, {
      env: spec.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...spec.user,
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.onLine(line));
    }
    const { pid } = child;
    if (pid !== undefined) this.collaborators.record.add(spec.name, pid, spec.stopSignal);
    return new Promise((resolve) => {
      let gone: () => void;
      let ended = false;
      this.exited = new Promise((done) => (gone = done));
      const end = (how: string): void => {
        if (ended) return;
        ended = true;
        // The group may hold children of a process that could not clean up after a kill.
        if (pid !== undefined) signalGroup(pid, 'SIGKILL');
        this.child = null;
        this.collaborators.record.remove(spec.name);
        gone();
        resolve(how);
      };
      child.once('error', (error) => end(`could not be started: ${error.message}`));
      child.once('exit', (code, by) => {
        const how = by ? `was ended by ${by}` : `exited with status ${code}`;
        // Its last lines are still in the pipes; a grandchild that holds them open must not hold us up.
        const patience = setTimeout(() => end(how), 500);
        child.once('close', () => {
          clearTimeout(patience);
          end(how);
        });
      });
    });
  }

  private async onDeath(how: string): Promise<void> {
    const { events } = this.collaborators;
    const stopped = this.stopping.signal;
    for (let reason = how; !stopped.aborted;) {
      const now = performance.now();
      this.deaths.push(now);
      while (this.deaths[0] !== undefined && this.deaths[0] < now - RESTARTS_WINDOW_MS) this.deaths.shift();
      if (this.deaths.length > RESTARTS_MAX) {
        events.failed(this.spec.name, `${reason}, for the ${this.deaths.length}th time in five minutes.${this.tail()}`);
        return;
      }
      const delayMs = Math.min(DELAY_MAX_MS, DELAY_MIN_MS * 2 ** (this.deaths.length - 1));
      events.restarting(this.spec.name, reason, delayMs);
      await sleep(delayMs, undefined, { signal: stopped }).catch(() => undefined);
      if (stopped.aborted) return;
      try {
        await this.start();
        events.recovered(this.spec.name);
        return;
      } catch (error) {
        reason = (error as Error).message;
        await this.endAttempt();
      }
    }
  }

  /** An attempt that runs but never became ready would keep its port from the next one. */
  private async endAttempt(): Promise<void> {
    if (this.pid !== null) signalGroup(this.pid, 'SIGKILL');
    await this.exited;
  }

  private onLine(line: string): void {
    if (line.trim() === '') return;
    this.lastLines.push(line);
    if (this.lastLines.length > 8) this.lastLines.shift();
    this.collaborators.log.writeLine(line);
    this.collaborators.events.line(this.spec.name, line);
  }

  private tail(): string {
    const lines = this.lastLines.map((line) => `\n  ${readableLine(line, true) ?? ''}`).join('');
    return lines === '' ? '' : ` The end of ${this.collaborators.log.path}:${lines}`;
  }
}
