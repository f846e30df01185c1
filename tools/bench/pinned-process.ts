import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How a program of the benchmark is run. */
export interface PinnedOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The one processor core it may use. */
  readonly core: number;
  /** 0 to 19; 19 gets what nobody else wants. */
  readonly nice?: number;
}

/** Kernel ticks of processor time a second; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const OUTPUT_CHARS_MAX = 8_000;

/** A program on one core whose processor time and memory are read from the kernel. */
export class PinnedProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #output = '';
  #isStopping = false;

  constructor(options: PinnedOptions) {
    this.name = options.name;
    const nice = options.nice === undefined ? [] : ['nice', '-n', String(options.nice)];
    this.#child = spawn('taskset', ['-c', String(options.core), ...nice, options.command, ...options.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', ...options.env },
    });
    const read = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_CHARS_MAX);
    };
    this.#child.stdout?.on('data', read);
    this.#child.stderr?.on('data', read);
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.once('error', (error) => {
        this.#output += error.message;
        resolve();
      });
    });
  }

  /** taskset and nice replace themselves by the program, so this is the program's own. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it printed last, for messages. */
  get output(): string {
    return this.#output;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The first line of JSON it prints. Rejects with its words when it ends before that. */
  async firstJson<T>(timeoutMs = 30_000): Promise<T> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const line = this.#output.split('\n').find((text) => text.startsWith('[') || text.startsWith('{'));
      if (line !== undefined && this.#output.includes(`${line}\n`)) return JSON.parse(line) as T;
      this.#checkAlive();
      if (performance.now() > deadline)
        throw new Error(`${this.name} said nothing within ${timeoutMs} ms: ${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Resolves when `url` answers 200. */
  async answers(url: string, timeoutMs = 60_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
      await response?.arrayBuffer();
      if (response?.status === 200) return;
      this.#checkAlive();
      if (performance.now() > deadline)
        throw new Error(`${this.name} is not ready after ${timeoutMs} ms: ${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Processor time used so far in µs, user and system, all threads. */
  cpuUs(): number {
    const text = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    // The program's name may hold spaces; the fields are counted behind its closing bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND;
  }

  /** Resident memory now, MiB. */
  residentMiB(): number {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1];
    return Number(kib ?? Number.NaN) / 1_024;
  }

  /** Ends it in an orderly way, or after `timeoutMs` in any way. */
  async stop(timeoutMs = 15_000, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#isStopping || !this.isAlive) return this.#exited;
    this.#isStopping = true;
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), timeoutMs);
    await this.#exited;
    clearTimeout(timer);
  }

  /** Resolves when it has ended. */
  ended(): Promise<void> {
    return this.#exited;
  }

  #checkAlive(): void {
    if (!this.isAlive) throw new Error(`${this.name} ended: ${this.#output}`);
  }
}
