import type { SessionRef } from '#libs/receipts';
import { DURATION_MS, type Happening, type History } from './history.js';
import type { Mutation } from './mutations.js';
import { Oracle } from './oracle.js';
import { SeededRandom } from './random.js';
import { settleSessions } from './settle.js';
import { SimulatedDisk } from './simulated-disk.js';
import { SimulatedGateway } from './simulated-gateway.js';
import { SimulatedProcess } from './simulated-process.js';
import { SimulatedRedis } from './simulated-redis.js';
import { SimulatedStore } from './simulated-store.js';
import { SimulatedWorker } from './simulated-worker.js';
import { Timeline } from './timeline.js';
import { tearRecords } from './torn-records.js';

const APPLICATIONS = ['44444444-4444-4444-8444-444444444444', '55555555-5555-4555-8555-555555555555'] as const;
/** After a loss of state, processes that know must live until they have told: the README's exception is not what is tested. */
const FRAGILE_MS = 2_600;
const DRAIN_MS_MAX = 25_000;

/** The simulated system: gateways, workers, Redis, PostgreSQL, a disk, and what a history does to them. */
export class World {
  readonly timeline: Timeline;
  readonly random: SeededRandom;
  readonly oracle = new Oracle();
  readonly disk = new SimulatedDisk();
  readonly redis: SimulatedRedis;
  readonly store: SimulatedStore;
  readonly startedAt: number;
  readonly nodes: readonly string[];
  readonly sessions: readonly SessionRef[];
  readonly #processes = new Map<number, SimulatedProcess>();
  readonly #gateways: Array<SimulatedGateway | null> = [];
  readonly #workers: SimulatedWorker[] = [];
  #pids = 0;
  #names = 0;
  #fragileUntil = 0;
  #isFailingOver = false;
  #isEnding = false;

  constructor(
    readonly history: History,
    readonly mutation: Mutation | null,
  ) {
    this.random = new SeededRandom(history.seed ^ 0x5bd1e995);
    this.timeline = new Timeline(history.startMs);
    this.startedAt = history.startMs;
    this.redis = new SimulatedRedis(this.timeline, this.random, mutation);
    this.store = new SimulatedStore(this.timeline, this.random, mutation, (_id, bytes) => this.oracle.committed(bytes));
    this.nodes = ['b1'.repeat(32), 'b2'.repeat(32)];
    this.sessions = [101, 105].map((sessionHeight) => ({
      applicationPublicKeyHex: 'a1'.repeat(32),
      chain: '0021',
      sessionHeight,
      aat: {
        version: '0.0.1',
        app_pub_key: 'a1'.repeat(32),
        client_pub_key: 'c1'.repeat(32),
        signature: '51'.repeat(64),
      },
    }));
  }

  isProcessAlive(pid: number): boolean {
    return this.#processes.get(pid)?.isAlive ?? false;
  }

  /** Runs the history to its end. Resolves to the first promise found broken, or null. */
  async run(): Promise<string | null> {
    for (let n = 0; n < this.history.gateways; n += 1) await this.#startGateway(n);
    for (let n = 0; n < this.history.workers; n += 1) this.#startWorker(n);
    for (const happening of this.history.happenings) {
      this.timeline.after(happening.atMs, () => this.#happen(happening));
    }
    const isOver = (): boolean => this.oracle.found !== null;
    const check = (): void => this.#checkEachEvent();
    await this.timeline.run(this.startedAt + DURATION_MS, check, isOver);
    if (!isOver()) await this.#drain(check, isOver);
    if (!isOver()) this.#checkAtEnd();
    for (const process of this.#processes.values()) process.kill();
    return this.oracle.found;
  }

  async #startGateway(slot: number): Promise<void> {
    const process = this.#newProcess();
    this.#gateways[slot] = null;
    process.onDeath(() => {
      if (this.#isEnding) return;
      if (this.mutation === 'torn-record-accepted') tearRecords(this.disk);
      this.timeline.after(this.random.between(100, 900), () => void this.#startGateway(slot));
    });
    this.#names += 1;
    const name = `gateway-${this.#names}`;
    this.#gateways[slot] = await SimulatedGateway.open(name, process, this).catch(() => {
      process.kill();
      return null;
    });
  }

  #startWorker(slot: number): void {
    const process = this.#newProcess();
    process.onDeath(() => {
      if (this.mutation === 'usage-outside-transaction') this.store.forgetAfterwards();
      if (!this.#isEnding) this.timeline.after(this.random.between(50, 400), () => this.#startWorker(slot));
    });
    this.#workers[slot] = new SimulatedWorker(process, this.redis.connect(process), this);
  }

  #newProcess(): SimulatedProcess {
    this.#pids += 1;
    const process = new SimulatedProcess(this.#pids, this.timeline, this.random);
    this.#processes.set(process.pid, process);
    return process;
  }

  #happen(happening: Happening): void {
    const { timeline } = this;
    const gateway = 'gateway' in happening ? (this.#gateways[happening.gateway] ?? null) : null;
    const isFragile = timeline.now < this.#fragileUntil || this.#isFailingOver;
    switch (happening.kind) {
      case 'calls':
        for (const units of happening.units) {
          const applicationId = APPLICATIONS[happening.application] as string;
          void gateway?.serve({ applicationId, units, limit: this.history.limit });
        }
        break;
      case 'kill-gateway':
        if (!isFragile) gateway?.process.kill();
        break;
      case 'crash-gateway-in-disk-call':
        if (!isFragile && gateway !== null) gateway.process.callsUntilCrash = happening.calls;
        break;
      case 'stop-gateway':
        if (!isFragile) void gateway?.stop();
        break;
      case 'cut-network':
        if (!isFragile) gateway?.connection.cut(happening.ms);
        break;
      case 'kill-worker':
        this.#killBusyWorker(happening.worker);
        break;
      case 'freeze-worker': {
        const worker = this.#workers[happening.worker];
        if (worker !== undefined) worker.frozenUntil = timeline.now + happening.ms;
        break;
      }
      case 'kill-redis':
        if (isFragile || !this.redis.isUp || !(happening.keepsState || this.#mayLoseState())) break;
        this.#fragileUntil = timeline.now + happening.ms + FRAGILE_MS;
        this.redis.kill(happening.keepsState);
        timeline.after(happening.ms, () => this.redis.start());
        break;
      case 'fail-over':
        this.#failOver(happening.lagMs);
        break;
      case 'flush-redis':
        if (isFragile || !this.redis.isUp || !this.#mayLoseState()) break;
        this.#fragileUntil = timeline.now + FRAGILE_MS;
        this.redis.flush();
        break;
      case 'lose-jobs':
        this.redis.state.queue.jobs.clear();
        break;
      case 'redeliver':
        for (const job of this.redis.state.queue.jobs.values()) job.state = 'waiting';
        break;
      case 'postgres-away':
        this.store.isUp = false;
        timeline.after(happening.ms, () => (this.store.isUp = true));
        break;
      case 'disk-full':
        this.disk.isFull = true;
        timeline.after(happening.ms, () => (this.disk.isFull = false));
        break;
    }
  }

  #killBusyWorker(slot: number): void {
    // At a random moment of its next transactions rather than of its idle time.
    const worker = this.#workers[slot];
    const look = (left: number): void => {
      if (worker?.isBusy === true || left === 0)
        this.timeline.after(this.random.next() * 6, () => worker?.process.kill());
      else this.timeline.after(2, () => look(left - 1));
    };
    look(200);
  }

  #failOver(lagMs: number): void {
    if (this.timeline.now < this.#fragileUntil || this.#isFailingOver || !this.redis.isUp || !this.#mayLoseState())
      return;
    this.redis.replicate();
    this.#isFailingOver = true;
    this.timeline.after(lagMs, () => {
      this.#isFailingOver = false;
      if (!this.redis.isUp || !this.#mayLoseState()) return;
      this.#fragileUntil = this.timeline.now + FRAGILE_MS;
      this.redis.failOver();
    });
  }

  /** What the README promises over a loss of state holds while those who know live and nobody is about to die. */
  #mayLoseState(): boolean {
    return (
      this.redis.isKnownElsewhere &&
      this.#gateways.every((gateway) => gateway?.isServing === true && gateway.process.callsUntilCrash === null)
    );
  }

  #checkEachEvent(): void {
    if (this.store.isUp) {
      for (const job of this.redis.state.queue.jobs.values()) {
        if (job.state === 'failed') this.oracle.fail(`the job of chunk ${job.jobId.slice(0, 8)} ended as failed`);
      }
    }
  }

  async #drain(check: () => void, isOver: () => boolean): Promise<void> {
    this.disk.isFull = false;
    this.store.isUp = true;
    const { timeline, oracle } = this;
    const isDiskEmpty = (): boolean => {
      for (const [path, { length }] of this.disk.files) if (length > 0 && /\.(chunk|segment)$/.test(path)) return false;
      return true;
    };
    const isDone = (): boolean =>
      isOver() || (this.#gateways.every((gateway) => gateway?.isServing === true) && isDiskEmpty());
    const until = timeline.now + DRAIN_MS_MAX;
    for (const process of this.#processes.values()) process.callsUntilCrash = null;
    await timeline.run(timeline.now + 1_500, check, isOver);
    await timeline.run(until, check, isDone);
    if (!isDone()) oracle.fail('receipts are still on disk long after the last fault');
    if (isOver()) return;
    this.#isEnding = true;
    for (const gateway of this.#gateways) void gateway?.stop();
    await timeline.run(
      timeline.now + 4_000,
      check,
      () => isOver() || this.#gateways.every((one) => one?.isStopped === true),
    );
    if (!isOver() && !this.#gateways.every((one) => one?.isStopped === true)) oracle.fail('a gateway does not stop');
  }

  #checkAtEnd(): void {
    const { oracle, store } = this;
    oracle.checkDrained();
    let usage = 0;
    for (const row of store.usage.values()) usage += row.billable;
    if (usage !== oracle.storedReceipts)
      oracle.fail(`usage says ${usage} relays, receipts say ${oracle.storedReceipts}`);
    this.#checkCounters();
    const broken = settleSessions(this);
    if (broken !== null) oracle.fail(broken);
  }

  /** After all leases were returned or recovered, Redis has taken what was billed: never less, and never more without a crash. */
  #checkCounters(): void {
    const hadCrash = this.#names > this.history.gateways || this.redis.state.hashes.size === 0;
    const hadFault = this.history.happenings.some((one) => one.kind !== 'calls');
    for (const [key, hash] of this.redis.state.hashes) {
      const applicationId = /\{(.+)\}/.exec(key)?.[1] ?? '';
      for (const [field, text] of hash) {
        if (!field.startsWith('t:')) continue;
        const day = new Date(Number(field.slice(2)) * 86_400_000).toISOString().slice(0, 10);
        const billed = this.oracle.billed.get(`${applicationId} on ${day}`) ?? 0;
        const taken = Number(text);
        // A day that is over needs no counter: what was leased of it and not spent is of no use to anyone.
        if (Number(field.slice(2)) !== Math.floor(this.redis.nowMs / 86_400_000)) continue;
        if (taken < billed) this.oracle.fail(`${billed} units are billed and only ${taken} are counted on ${day}`);
        if (taken > billed && !hadCrash && !hadFault)
          this.oracle.fail(`${taken - billed} units of ${day} were leased and never returned`);
      }
    }
  }
}
