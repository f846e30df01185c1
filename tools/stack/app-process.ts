import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Repository root; vitest runs there. */
const ROOT = process.cwd();

/** Enough of a process' last words to explain a failure. */
const OUTPUT_LINES_MAX = 200;

/** One of our apps running as its own process from `dist`, as in production. */
export class AppProcess {
  readonly #name: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #lines: string[] = [];
  readonly #onLine: ((line: string) => void) | undefined;
  #child: ChildProcess | undefined;

  /** @param onLine sees every line of output, also those that `output` has forgotten */
  constructor(
    name: 'gateway' | 'admin' | 'worker' | 'devnet',
    environment: Readonly<Record<string, string>>,
    onLine?: (line: string) => void,
  ) {
    this.#name = name;
    this.#environment = environment;
    this.#onLine = onLine;
  }

  /** Process id of the running app. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What the process printed last; for messages of failed tests. */
  get output(): string {
    return this.#lines.join('\n');
  }

  /** Every line printed so far that is a JSON log entry with this message. */
  logged(message: string): Array<Record<string, unknown>> {
    return this.#lines.flatMap((line) => {
      if (!line.startsWith('{')) return [];
      const entry = JSON.parse(line) as Record<string, unknown>;
      return entry['msg'] === message ? [entry] : [];
    });
  }

  /** Starts the app and resolves when `readyUrl` answers 200. Rejects with the app's output when it ends before that. */
  async start(readyUrl: string, timeoutMs = 60_000): Promise<this> {
    const main = join(ROOT, 'dist', 'apps', this.#name, 'src', 'main.js');
    if (!existsSync(main)) throw new Error(`${main} is missing: run npm run build (npm test does).`);
    const child = spawn(process.execPath, ['--enable-source-maps', main], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'test', ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let rest = '';
    const read = (chunk: Buffer): void => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      this.#lines.push(...lines);
      if (this.#onLine) lines.forEach(this.#onLine);
      this.#lines.splice(0, Math.max(0, this.#lines.length - OUTPUT_LINES_MAX));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`${this.#name} ended with ${child.exitCode ?? child.signalCode}:\n${this.output}`);
      }
      if (await answersOk(readyUrl)) return this;
      if (Date.now() > deadline) throw new Error(`${this.#name} is not ready after ${timeoutMs} ms:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Stops (`SIGSTOP`) or continues (`SIGCONT`) the running process, or sends another signal without waiting. */
  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name);
  }

  /** SIGTERM; resolves with the exit status once the process is gone. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** SIGKILL: no chance to flush anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child?.exitCode ?? null);
    return new Promise((resolve) => {
      // An app that does not stop by itself is a defect the test must see, and must not outlive the test.
      const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
      child.once('exit', (code) => {
        clearTimeout(timer);
        resolve(code);
      });
      child.kill(signal);
    });
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
