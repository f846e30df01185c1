import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoTenant, Stack, type StackParty, type StackTarget } from '../stack/stack.js';
import { waitFor } from '../stack/wait-for.js';
import { FullDisk } from './full-disk.js';
import { NodeFront } from './node-front.js';
import { seededRandom, shuffled } from './random.js';
import { RelayLoad } from './relay-load.js';
import type { FaultKind, PlannedFault } from './schedule.js';
import { TcpLink } from './tcp-link.js';

/** Relays a day of the tenant whose limit a run spends to the last one; its stake buys one relay a POKT. */
const SMALL_LIMIT = 1_000;

/** Relays a day of the tenant that carries the load. */
const LARGE_LIMIT = 5_000_000;

/** A tenant under load. */
export interface LoadedTenant {
  readonly tenant: DemoTenant;
  readonly dailyLimit: number;
  readonly load: RelayLoad;
}

/** What a system is started with. */
export interface FaultySystemOptions {
  readonly gateways: number;
  readonly rate: number;
  readonly kinds: readonly FaultKind[];
}

/** The whole system, wired so that every part and every network between two parts can fail. */
export class FaultySystem {
  stack!: Stack;
  /** Calls that killed gateways had not answered: only these may be billed without their clients having seen the answer. */
  inFlightAtKills = 0;
  /** Kinds that cannot be had on this machine. */
  readonly leftOut = new Set<FaultKind>();
  readonly notes: string[] = [];
  readonly tenants: LoadedTenant[] = [];
  readonly #links = new Map<string, TcpLink>();
  readonly #directory = mkdtempSync(join(tmpdir(), 'portal-faults-'));
  #disk: FullDisk | undefined;
  #front: NodeFront | undefined;
  #isStopped = false;

  /** Starts everything and begins to send relays. Call `stop` also when it rejects. */
  async start(options: FaultySystemOptions): Promise<void> {
    if (options.kinds.includes('disk-full')) {
      const disk = FullDisk.mount(join(this.#directory, 'disk'));
      if (disk instanceof FullDisk) this.#disk = disk;
      else {
        this.leftOut.add('disk-full');
        this.notes.push(disk);
      }
    }
    this.stack = await Stack.start({
      gateways: options.gateways,
      environment: { RELAYS_PER_POKT_PER_DAY: '1' },
      route: (from, to, port) => this.#route(from, to, port),
      // The small disk is the first gateway's.
      journalDirectory: (gateway) => {
        const directory =
          gateway === 0 && this.#disk ? this.#disk.directory : join(this.#directory, `journal-${gateway}`);
        mkdirSync(directory, { recursive: true });
        return directory;
      },
      onStarting: (stack) => (this.stack = stack),
    });
    if (options.kinds.includes('postgres-failover')) await this.stack.postgresPair.attachStandby();
    for (const [limit, rate] of [
      [LARGE_LIMIT, options.rate],
      [SMALL_LIMIT, Math.max(1, Math.min(10, options.rate / 20))],
    ] as const) {
      const tenant = await this.stack.createTenant(String(limit));
      const urls = this.stack.gateways.map((gateway) => gateway.url);
      this.tenants.push({ tenant, dailyLimit: limit, load: new RelayLoad(urls, tenant.key, rate) });
    }
    for (const { load } of this.tenants) {
      // A new application serves from the next session on, and each gateway has to learn of it.
      await waitFor('every gateway to answer', async () => {
        const first = await Promise.all(this.stack.gateways.map(() => load.send()));
        return first.every((outcome) => outcome.isAnswered);
      });
    }
    for (const { load } of this.tenants) {
      load.forgetFailures();
      load.start();
    }
  }

  /** Files what clients see from now on under this number of a fault. */
  file(fault: number): void {
    for (const { load } of this.tenants) load.fault = fault;
  }

  /** Does it to the system and undoes it; resolves when every process runs again. Gives the seconds that it lasted. */
  async perform(fault: PlannedFault, pause: (ms: number) => Promise<void>): Promise<number> {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1_000;
    switch (fault.kind) {
      case 'gateway-kill': {
        const gateway = this.stack.gateways[fault.gateway]!;
        for (const { load } of this.tenants) this.inFlightAtKills += load.inFlight(fault.gateway);
        await gateway.process.kill();
        await pause(fault.forMs);
        await gateway.start();
        return seconds();
      }
      case 'worker-kill':
        await this.stack.worker.kill();
        await pause(fault.forMs);
        await this.stack.startWorker();
        return seconds();
      case 'redis-kill':
        await this.stack.restartRedis(() => pause(fault.forMs));
        return seconds();
      case 'postgres-kill':
        await this.stack.restartPostgres(() => pause(fault.forMs));
        return seconds();
      case 'postgres-failover': {
        const pair = this.stack.postgresPair;
        await pair.failOver();
        for (const [name, link] of this.#links) if (name.endsWith('>postgres')) link.retarget(pair.primary.port);
        const lasted = seconds();
        await pair.attachStandby();
        return lasted;
      }
      case 'disk-full':
        this.#disk?.fill();
        await pause(fault.forMs);
        this.#disk?.empty();
        return seconds();
      case 'redis-cut':
        return this.#cut([this.#link(fault, 'redis')], fault, pause);
      case 'postgres-cut':
        return this.#cut([this.#link(fault, 'postgres')], fault, pause);
      case 'ledger-cut':
        return this.#cut([this.#link(fault, 'rpc')], fault, pause);
      case 'nodes-cut': {
        const links = shuffled(seededRandom(fault.seed), await this.#front!.links());
        return this.#cut(links.slice(0, Math.ceil(links.length / 3)), fault, pause);
      }
      case 'devnet-stop':
        return this.#freeze(this.stack.devnet, fault, pause);
      case 'gateway-stop':
        return this.#freeze(this.stack.gateways[fault.gateway]!.process, fault, pause);
      case 'worker-stop':
        return this.#freeze(this.stack.worker, fault, pause);
    }
  }

  /** Ends the load, then spends what is left of the small tenant's limit and goes on asking. */
  async finishLoad(pause: (ms: number) => Promise<void>): Promise<void> {
    for (const { load } of this.tenants) await load.finish();
    const small = this.tenants.at(-1)!.load;
    const deadline = performance.now() + 30_000;
    let refused = 0;
    while (refused < 3 && performance.now() < deadline) {
      const burst = await Promise.all(Array.from({ length: 64 }, () => small.send()));
      refused = burst.every((outcome) => outcome.isLimit) ? refused + 1 : 0;
      // Refusals that a session's end explains are over in a moment.
      if (burst.some((outcome) => !outcome.isAnswered)) await pause(250);
    }
    if (refused < 3) this.notes.push('The small daily limit was not spent to the end within 30 s.');
  }

  /** Ends every process, connection and mount. Safe to call twice and after a failed start. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    for (const link of this.#links.values()) link.restore();
    await Promise.all(this.tenants.map(({ load }) => load.close()));
    await this.stack?.stop();
    for (const link of this.#links.values()) await link.close();
    await this.#front?.close();
    this.#removeFiles();
  }

  /** The same at once, for a process that is about to exit. */
  kill(): void {
    for (const pid of this.stack?.pids ?? []) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It is gone already.
      }
    }
    this.#removeFiles();
  }

  #removeFiles(): void {
    this.#disk?.unmount();
    this.#disk = undefined;
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #route(from: StackParty, to: StackTarget, port: number): Promise<number> {
    let target = port;
    if (from === 'gateway' && to === 'rpc') {
      this.#front = await NodeFront.start(port);
      target = this.#front.port;
    }
    const link = await TcpLink.start(target);
    this.#links.set(`${from}>${to}`, link);
    return link.port;
  }

  #link(fault: PlannedFault, to: StackTarget): TcpLink {
    return this.#links.get(`${fault.party}>${to}`)!;
  }

  async #cut(links: readonly TcpLink[], fault: PlannedFault, pause: (ms: number) => Promise<void>): Promise<number> {
    links.forEach((link, index) => link.cut(fault.cut, fault.seed + index));
    await pause(fault.forMs);
    for (const link of links) link.restore();
    return fault.forMs / 1_000;
  }

  async #freeze(
    app: { signal(name: NodeJS.Signals): void },
    fault: PlannedFault,
    pause: (ms: number) => Promise<void>,
  ): Promise<number> {
    app.signal('SIGSTOP');
    try {
      await pause(fault.forMs);
    } finally {
      app.signal('SIGCONT');
    }
    return fault.forMs / 1_000;
  }
}
