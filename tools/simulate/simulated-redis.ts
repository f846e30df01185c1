import { createHash } from 'node:crypto';
import type { RedisForQuota } from '#libs/quota';
import { LEASE_SCRIPT } from '../../libs/quota/src/lease.script.js';
import { LOOK_SCRIPT } from '../../libs/quota/src/look.script.js';
import { RECOVER_SCRIPT } from '../../libs/quota/src/recover.script.js';
import { REFUND_SCRIPT } from '../../libs/quota/src/refund.script.js';
import type { Mutation } from './mutations.js';
import {
  type Hash,
  type ScriptBug,
  type ScriptServer,
  leaseScript,
  recoverScript,
  refundScript,
} from './quota-scripts.js';
import type { SeededRandom } from './random.js';
import type { SimulatedProcess } from './simulated-process.js';
import { QueueState } from './simulated-queue.js';
import type { Timeline } from './timeline.js';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');
const LEASE_SHA1 = sha1(LEASE_SCRIPT);
const LOOK_SHA1 = sha1(LOOK_SCRIPT);
const RECOVER_SHA1 = sha1(RECOVER_SCRIPT);
const REFUND_SHA1 = sha1(REFUND_SCRIPT);

const SCRIPT_BUGS: ReadonlySet<string> = new Set<ScriptBug>(['lease-not-returned', 'lost-return-kept']);

/** What ioredis says of a command that cannot be sent, or whose answer is lost. */
export class ConnectionClosedError extends Error {
  constructor() {
    super('Connection is closed.');
  }
}

/** Everything a Redis server remembers. */
interface RedisState {
  readonly hashes: Map<string, Hash>;
  readonly sets: Map<string, Set<string>>;
  readonly texts: Map<string, string>;
  readonly queue: QueueState;
}

const emptyState = (): RedisState => ({
  hashes: new Map(),
  sets: new Map(),
  texts: new Map(),
  queue: new QueueState(),
});

const copyOf = (state: RedisState): RedisState => ({
  hashes: new Map([...state.hashes].map(([key, hash]) => [key, new Map(hash)])),
  sets: new Map([...state.sets].map(([key, members]) => [key, new Set(members)])),
  texts: new Map(state.texts),
  queue: state.queue.copy(),
});

/** The Redis of the simulated world: one primary, and a replica that is a snapshot of a moment ago. */
export class SimulatedRedis {
  isUp = true;
  state = emptyState();
  #replica = emptyState();
  #run = 1;
  #startedAt: number;
  #clockOffsetMs = 0;
  #hasFlushed = false;
  #isPromoted = false;
  readonly #connections = new Set<SimulatedConnection>();

  constructor(
    readonly timeline: Timeline,
    readonly random: SeededRandom,
    readonly mutation: Mutation | null,
  ) {
    this.#startedAt = timeline.now - 3_600_000;
  }

  /** Unix milliseconds by Redis' clock. */
  get nowMs(): number {
    return this.timeline.now + this.#clockOffsetMs;
  }

  connect(process: SimulatedProcess): SimulatedConnection {
    const connection = new SimulatedConnection(this, process);
    this.#connections.add(connection);
    process.onDeath(() => this.#connections.delete(connection));
    if (!this.isUp) connection.cut(50);
    return connection;
  }

  /** Whether every change of every counter is known to a process that lives and can be reached: what a loss of state may take. */
  get isKnownElsewhere(): boolean {
    const day = Math.floor(this.nowMs / 86_400_000);
    for (const [key, hash] of this.state.hashes) {
      const version = Number(hash.get(`v:${day}`) ?? 0);
      if (version === 0 && hash.has('run')) continue;
      const known = [...this.#connections].some(
        (connection) => connection.isOpen && connection.knows(key, day, Number(hash.get('epoch')), version),
      );
      if (!known) return false;
    }
    return [...this.#connections].every((connection) => connection.isOpen);
  }

  /** The replica catches up. */
  replicate(): void {
    this.#replica = copyOf(this.state);
  }

  /** The primary is gone, the replica as it is takes over at once; its clock may differ a little. */
  failOver(): void {
    this.#breakConnections();
    this.state = copyOf(this.#replica);
    this.#run += 1;
    this.#clockOffsetMs = this.random.between(-20, 20);
    this.#isPromoted = true;
    this.#startedAt = this.timeline.now - 3_600_000;
  }

  flush(): void {
    const { queue } = emptyState();
    this.state = { ...emptyState(), queue };
    this.#hasFlushed = true;
  }

  kill(keepsState: boolean): void {
    this.isUp = false;
    this.#breakConnections();
    if (!keepsState) this.state = emptyState();
  }

  start(): void {
    this.isUp = true;
    this.#run += 1;
    this.#hasFlushed = false;
    this.#isPromoted = false;
    this.#startedAt = this.timeline.now;
  }

  serverFor(process: SimulatedProcess): ScriptServer {
    const at = this.mutation === 'local-midnight' ? process.wall() : this.nowMs;
    return {
      micros: Math.floor(at * 1_000),
      runId: `run${this.#run}`,
      uptimeSeconds: Math.floor((this.timeline.now - this.#startedAt) / 1_000),
      hasFlushed: this.#hasFlushed,
      isPromoted: this.#isPromoted,
    };
  }

  /** A script runs at once and alone, unless that is the planted bug. */
  script(digest: string, key: string, args: readonly string[], process: SimulatedProcess): unknown {
    const server = this.serverFor(process);
    if (digest === LOOK_SHA1) {
      const generation = this.state.texts.get(key) ?? String(args[0]);
      this.state.texts.set(key, generation);
      return `${server.runId}/${generation}`;
    }
    let hash = this.state.hashes.get(key);
    if (digest === LEASE_SHA1) {
      const bug = SCRIPT_BUGS.has(this.mutation ?? '') ? (this.mutation as ScriptBug) : 'none';
      if (hash === undefined) this.state.hashes.set(key, (hash = new Map()));
      if (this.mutation !== 'check-then-increment') return leaseScript(hash, args, server, bug);
      const read = new Map(hash);
      const { hashes } = this.state;
      const answer = leaseScript(read, args, server);
      this.timeline.after(2, () => {
        const written = hashes.get(key);
        for (const [field, value] of read) written?.set(field, value);
      });
      return answer;
    }
    if (hash === undefined) return 0;
    if (digest === RECOVER_SHA1) return recoverScript(hash, args, server, this.mutation === 'lease-returned-twice');
    if (digest === REFUND_SHA1) return refundScript(hash, args);
    throw new Error('NOSCRIPT unknown');
  }

  #breakConnections(): void {
    for (const connection of this.#connections) connection.cut(this.random.between(20, 400));
  }
}

/** One process' connection, as an ioredis producer behaves: refuses at once while it is down, answers in order while it is up. */
export class SimulatedConnection implements RedisForQuota {
  isOpen = true;
  #generation = 1;
  #arrival = 0;
  #reply = 0;
  readonly #known = new Map<string, readonly [day: number, epoch: number, version: number]>();
  readonly #listeners = new Set<() => void>();
  readonly #underWay = new Set<(error: Error) => void>();

  constructor(
    private readonly redis: SimulatedRedis,
    private readonly process: SimulatedProcess,
  ) {}

  knows(key: string, day: number, epoch: number, version: number): boolean {
    const known = this.#known.get(key);
    return known !== undefined && known[0] === day && known[1] === epoch && known[2] >= version;
  }

  /** The network between this process and Redis is cut for so long; commands under way may still arrive, their answers do not. */
  cut(ms: number): void {
    this.isOpen = false;
    this.#generation += 1;
    const rejects = [...this.#underWay];
    this.#underWay.clear();
    for (const reject of rejects) reject(new ConnectionClosedError());
    const generation = this.#generation;
    const reconnect = (): void => {
      if (generation !== this.#generation) return;
      if (!this.redis.isUp) {
        this.process.after(100, reconnect);
        return;
      }
      this.isOpen = true;
      for (const listener of this.#listeners) listener();
    };
    this.process.after(ms, reconnect);
  }

  /** Sends a command; `work` runs when it arrives. */
  send<T>(work: () => T): Promise<T> {
    if (!this.isOpen || !this.process.isAlive) return Promise.reject(new ConnectionClosedError());
    const { timeline, random } = this.redis;
    const generation = this.#generation;
    const isSlow = random.chance(0.02);
    this.#arrival = Math.max(
      this.#arrival,
      timeline.now + (isSlow ? random.between(5, 60) : 0.1 + random.next() * 0.6),
    );
    return new Promise<T>((resolve, reject) => {
      this.#underWay.add(reject);
      timeline.after(this.#arrival - timeline.now, () => {
        const isCut = generation !== this.#generation || !this.process.isAlive;
        if (!this.redis.isUp) return;
        if (isCut) {
          // What the kernel had already taken may arrive, even behind commands of the next connection; nobody hears the answer.
          if (random.chance(0.6)) timeline.after(random.between(0, 400), () => void attempt(work));
          return;
        }
        const result = attempt(work);
        this.#reply = Math.max(this.#reply, timeline.now + 0.1 + random.next() * (isSlow ? 40 : 0.6));
        timeline.after(this.#reply - timeline.now, () => {
          if (generation !== this.#generation || !this.process.isAlive) return;
          this.#underWay.delete(reject);
          if ('error' in result) reject(result.error);
          else resolve(result.value);
        });
      });
    });
  }

  async evalsha(digest: string, _keys: number, ...keysAndArgs: Array<string | number>): Promise<unknown> {
    const [key, ...args] = keysAndArgs.map(String) as [string, ...string[]];
    const answer = await this.send(() => this.redis.script(digest, key, args, this.process));
    if (Array.isArray(answer)) {
      const figures = answer.map(Number);
      this.#known.set(key, [figures[1] ?? 0, figures[6] ?? 0, figures[5] ?? 0]);
    }
    return answer;
  }

  eval(): Promise<unknown> {
    return Promise.reject(new Error('the simulated Redis knows scripts by their digests'));
  }

  sadd(key: string, member: string): Promise<number> {
    return this.send(() => {
      const members = this.redis.state.sets.get(key) ?? new Set();
      this.redis.state.sets.set(key, members.add(member));
      return 1;
    });
  }

  smembers(key: string): Promise<string[]> {
    return this.send(() => [...(this.redis.state.sets.get(key) ?? [])]);
  }

  expire(): Promise<number> {
    return this.send(() => 1);
  }

  del(key: string): Promise<number> {
    return this.send(() => Number(this.redis.state.sets.delete(key)));
  }

  on(_event: 'ready', listener: () => void): void {
    this.#listeners.add(listener);
  }

  off(_event: 'ready', listener: () => void): void {
    this.#listeners.delete(listener);
  }
}

function attempt<T>(work: () => T): { value: T } | { error: unknown } {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}
