import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { GatewayLine, GatewayOrder, GatewayResult } from './protocol.js';

const PROGRAM = fileURLToPath(new URL('./gateway-process.js', import.meta.url)).replace(
  // Under vitest the sources run themselves; processes need what was built of them.
  /\/tools\/limits\/gateway-process\.js$/,
  (path) => (import.meta.url.includes('/dist/') ? path : `/dist${path}`),
);

/** Gateway processes that take one order after another. */
export class Gateways {
  readonly #members: Member[];

  private constructor(members: Member[]) {
    this.#members = members;
  }

  /** Starts so many processes. */
  static start(count: number): Gateways {
    return new Gateways(Array.from({ length: count }, () => new Member()));
  }

  /** Hands an order to the first processes; resolves when all are connected. */
  async prepare(orders: readonly GatewayOrder[]): Promise<void> {
    await Promise.all(orders.map((order, index) => this.#member(index).prepare(order)));
  }

  /** Lets them offer. */
  start(count: number): void {
    for (let index = 0; index < count; index += 1) this.#member(index).tell('start');
  }

  /** All of them take the limit for spent. */
  isSpent(count: number): boolean {
    return this.#members.slice(0, count).every((member) => member.isSpent);
  }

  /** Ends the offering; what each of them saw. */
  async finish(count: number): Promise<GatewayResult[]> {
    return Promise.all(this.#members.slice(0, count).map((member) => member.finish()));
  }

  /** Ends the processes. */
  kill(): void {
    for (const member of this.#members) member.kill();
  }

  #member(index: number): Member {
    const member = this.#members[index];
    if (member === undefined) throw new RangeError(`there is no process ${index}`);
    return member;
  }
}

class Member {
  isSpent = false;
  readonly #child: ChildProcess;
  #waiting: { kind: GatewayLine['kind']; take: (line: GatewayLine) => void; fail: (error: Error) => void } | null =
    null;

  constructor() {
    this.#child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.once('exit', (code) => this.#waiting?.fail(new Error(`a gateway process ended with ${String(code)}`)));
    createInterface({ input: this.#child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as GatewayLine;
      if (line.kind === 'spent' || line.kind === 'spending') this.isSpent = line.kind === 'spent';
      if (line.kind === 'failed') this.#waiting?.fail(new Error(line.reason));
      else if (line.kind === this.#waiting?.kind) this.#waiting.take(line);
    });
  }

  async prepare(order: GatewayOrder): Promise<void> {
    this.isSpent = false;
    const connected = this.#next('connected');
    this.tell(JSON.stringify(order));
    await connected;
  }

  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  async finish(): Promise<GatewayResult> {
    const ended = this.#next('result');
    this.tell('stop');
    const line = await ended;
    if (line.kind !== 'result') throw new Error(`unexpected ${line.kind}`);
    return line.result;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #next(kind: GatewayLine['kind']): Promise<GatewayLine> {
    return new Promise((take, fail) => (this.#waiting = { kind, take, fail }));
  }
}
