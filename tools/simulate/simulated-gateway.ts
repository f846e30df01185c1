import { type Admission, RedisDailyLimiter } from '#libs/quota';
import {
  ChunkShipper,
  type ChunkQueue,
  Journal,
  JournalAdopter,
  type JournalHost,
  type Receipt,
  type SessionRef,
} from '#libs/receipts';
import { storedChunkIds } from '#libs/usage';
import type { DataSource } from 'typeorm';
import { SimulatedChunkQueue } from './simulated-queue.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { World } from './world.js';

/** What a client sends: units of one application, as a single call or as a batch. */
export interface ClientCall {
  readonly applicationId: string;
  readonly units: number;
  readonly limit: number;
}

const KEYS = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  endpointId: '22222222-2222-4222-8222-222222222222',
  keyId: '33333333-3333-4333-8333-333333333333',
} as const;

/** A gateway process: the product's limiter, journal, adopter and shipper on simulated ports, and the steps of a relay between them. */
export class SimulatedGateway {
  readonly #limiter: RedisDailyLimiter;
  readonly #shipper: ChunkShipper;
  isStopping = false;
  isStopped = false;

  private constructor(
    readonly name: string,
    readonly process: SimulatedProcess,
    readonly connection: ReturnType<World['redis']['connect']>,
    readonly journal: Journal,
    private readonly world: World,
  ) {
    const { mutation } = world;
    const source = world.store.seenBy(process);
    const bugClock = (): number => Math.min(process.monotonic(), world.startedAt + 10);
    this.#limiter = new RedisDailyLimiter({
      redis: connection,
      instanceId: name,
      seed: async (applicationId, day) => this.#seed(source, applicationId, day),
      clock: mutation === 'stale-day-spent' ? bugClock : process.monotonic,
      timers: process.timers,
      leaseIdleMs: 1_500,
      waitMs: 2_500,
      settleMs: 1_300,
      sweepMs: 400,
    });
    this.#shipper = new ChunkShipper({
      journal,
      queue: this.#queue(),
      storedChunkIds: (ids) => this.#stored(source, ids),
      pollMs: 400,
      confirmAfterMs: 300,
      repeatAfterMs: 1_600,
      callTimeoutMs: 800,
      clock: process.monotonic,
      timers: process.timers,
    });
    const adopter = new JournalAdopter({
      journal,
      onAdopted: async (dead) => {
        await this.#limiter.recover(dead.instanceId, dead.spent);
        // The adopter may be asked again, for instance after a crash of its own: the second time must return nothing.
        if (world.random.chance(0.3)) await this.#limiter.recover(dead.instanceId, dead.spent);
      },
    });
    const look = (): void => void adopter.run();
    look();
    process.every(700, look);
    this.#shipper.start();
  }

  static async open(name: string, process: SimulatedProcess, world: World): Promise<SimulatedGateway> {
    const host: JournalHost = {
      disk: world.disk.seenBy(process),
      owners: {
        self: () => ({ pid: process.pid, startTime: null, bootId: null, host: 'simulated' }),
        lives: (owner) => world.isProcessAlive(owner.pid),
      },
      timers: process.timers,
    };
    const journal = await Journal.open({
      directory: '/journal',
      instanceId: name,
      segmentReceiptsMax: 12,
      segmentAgeMsMax: 600,
      now: process.wall,
      host,
    });
    return new SimulatedGateway(name, process, world.redis.connect(process), journal, world);
  }

  get isServing(): boolean {
    return this.process.isAlive && !this.isStopping;
  }

  /** Serves one call as the product does: admission, node, receipt, answer. */
  async serve(call: ClientCall): Promise<void> {
    if (!this.isServing || !this.journal.accepting) return;
    const { applicationId, units, limit } = call;
    if (this.world.mutation === 'non-atomic-batch' && units > 1) {
      const parts = await Promise.all(
        Array.from({ length: units }, async () => await this.#limiter.admit(applicationId, 1, limit)),
      );
      if (parts.some((part) => !part.admitted)) return;
      await this.#relays(call, (parts[0] as Admission).day);
      return;
    }
    const admission = await this.#limiter.admit(applicationId, units, limit);
    if (!this.process.isAlive) return;
    if (!admission.admitted) {
      this.world.oracle.refused(admission.reason);
      return;
    }
    await this.#relays(call, admission.day);
  }

  /** Ends as on SIGTERM: finishes what is under way, returns leases, ships what it can. */
  async stop(): Promise<void> {
    if (!this.isServing) return;
    this.isStopping = true;
    await new Promise<void>((resolve) => this.process.after(150, resolve));
    try {
      await this.#limiter.drain();
      await this.#shipper.flushAndClose(1_000);
    } catch (error) {
      if (this.process.isAlive) throw error;
    }
    if (!this.process.isAlive) return;
    this.isStopped = true;
    this.process.kill();
  }

  async #relays(call: ClientCall, day: string): Promise<void> {
    const { oracle } = this.world;
    const { applicationId, units, limit } = call;
    oracle.admitted(applicationId, day, units, limit);
    oracle.checkDay(day, this.world.redis.nowMs);
    let open = units;
    // What a killed gateway had under way was answered to nobody: those units are free again.
    this.process.onDeath(() => oracle.refunded(applicationId, day, open));
    const close = (): void => void (open -= 1);
    await Promise.all(Array.from({ length: call.units }, () => this.#relay(call, day, close)));
  }

  async #relay(call: ClientCall, day: string, close: () => void): Promise<void> {
    const { random, mutation, oracle } = this.world;
    await new Promise<void>((resolve) => this.process.after(random.between(1, 60), resolve));
    if (random.chance(0.05)) {
      close();
      this.#refund(call.applicationId, day);
      return;
    }
    const receipt = this.#receipt(call.applicationId, day);
    oracle.nodeAnswered(receipt);
    try {
      this.journal.append(receipt);
      if (mutation === 'answer-before-flush') oracle.clientAnswered(receipt);
      await this.journal.flushed();
    } catch {
      if (!this.process.isAlive) return;
      close();
      this.#refund(call.applicationId, day);
      return;
    }
    if (!this.process.isAlive) return;
    close();
    oracle.clientAnswered(receipt);
    if (mutation === 'refund-after-answer' && random.chance(0.1)) this.#limiter.refund(call.applicationId, 1, day);
  }

  #refund(applicationId: string, day: string): void {
    this.world.oracle.refunded(applicationId, day, 1);
    this.#limiter.refund(applicationId, 1, day);
  }

  #receipt(applicationId: string, day: string): Receipt {
    const { random, oracle } = this.world;
    const session = random.pick(this.world.sessions);
    const requestHash = random.bytes(32);
    const number = (oracle.relays += 1);
    const responseHash = random.bytes(32);
    return {
      requestId: number.toString(16).padStart(32, '0'),
      ...KEYS,
      applicationId,
      chain: 'eth-mainnet',
      method: 'eth_call',
      day,
      answeredAtMs: this.process.wall(),
      durationUs: 1_000,
      bytesIn: 100,
      bytesOut: 100 + (number % 7),
      purpose: 'client',
      billable: true,
      rpcError: false,
      session: session as SessionRef,
      nodePublicKeyHex: random.pick(this.world.nodes),
      entropy: BigInt(number) * 7_919n + 1n,
      requestHash,
      responseHash,
      responseHashEscaped: null,
      clientSignature: Buffer.alloc(64, 1),
      nodeSignature: signatureOf(responseHash),
      verified: false,
    };
  }

  async #seed(source: DataSource, applicationId: string, day: string): Promise<number> {
    // One round trip, then what is committed.
    await storedChunkIds(source, ['0'.repeat(64)]);
    let billable = 0;
    for (const row of this.world.store.usage.values()) {
      if (row.applicationId === applicationId && row.day === day) billable += row.billable;
    }
    return billable;
  }

  #queue(): ChunkQueue {
    return new SimulatedChunkQueue(this.world.redis, this.connection);
  }

  async #stored(source: DataSource, ids: readonly string[]): Promise<ReadonlySet<string>> {
    const stored = await storedChunkIds(source, ids);
    return this.world.mutation === 'journal-truncated-early' ? new Set(ids) : stored;
  }
}

/** Stands for the node's ed25519 signature, which would cost more than all the rest: 64 bytes that only the right hash gives. */
export function signatureOf(responseHash: Uint8Array): Buffer {
  return Buffer.concat([responseHash, responseHash.toReversed()]);
}
