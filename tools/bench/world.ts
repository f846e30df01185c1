import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { migrate } from '#libs/persistence';
import { type KeyPair, generateKeyPair } from '#libs/protocol';
import { migrations } from '#migrations';
import {
  type RunningService,
  freePort,
  removeDirectory,
  startPostgres,
  startRedis,
  temporaryDirectory,
} from '../../test/support/services.js';
import { ensureRedisBinary } from '../dev/redis-binary.js';
import { startLedgerRpc } from './ledger-rpc.js';
import { builtProgram } from './load.js';
import { startNginx } from './nginx.js';
import { PinnedProcess } from './pinned-process.js';
import { createTenants } from './tenants.js';

/** Nodes of the session that serves everything. */
const NODES = 24;
/** Relays a day that nobody uses up. */
const PLENTY = 400_000_000;
/** Relays a day of the tenant whose limit is spent. */
const FEW = 40;

/** Something that takes requests and whose cost is measured. */
export interface Target {
  readonly port: number;
  readonly process: PinnedProcess;
}

/** A gateway under measurement. */
export interface GatewayTarget extends Target {
  readonly metricsUrl: string;
}

/** Everything that runs while the benchmark measures; proxies on one core, all the rest on the other. */
export class BenchWorld {
  readonly directory = temporaryDirectory('portal-bench-');
  readonly pepper = randomBytes(32).toString('hex');
  readonly clientKey: KeyPair = generateKeyPair();
  databaseUrl!: string;
  redisUrl!: string;
  nodePorts!: readonly number[];
  /** A key whose limit is far away. */
  key!: string;
  /** A key whose application has a daily limit of 40. */
  smallKey!: string;
  upstream!: Target;
  #postgres: RunningService | null = null;
  #redis: RunningService | null = null;
  #ledger: { readonly url: string; readonly server: Server } | null = null;
  readonly #stakes = new Map<string, string>();
  readonly #processes: PinnedProcess[] = [];

  constructor(
    readonly proxyCore: number,
    readonly otherCore: number,
    private readonly tell: (sentence: string) => void,
  ) {}

  /** PostgreSQL, Redis, nodes, ledger, a worker and two tenants. */
  async start(): Promise<void> {
    process.env['REDIS_SERVER'] ??= ensureRedisBinary(this.tell, { PATH: process.env['PATH'] });
    // Everything this process starts inherits the core; programs under measurement are given theirs.
    spawnSync('taskset', ['-cp', String(this.otherCore), String(process.pid)], { stdio: 'ignore' });
    const upstream = this.#spawn({
      name: 'nodes',
      command: process.execPath,
      args: [builtProgram('upstream'), String(NODES)],
      core: this.otherCore,
    });
    [this.#postgres, this.#redis, this.nodePorts] = await Promise.all([
      startPostgres({ directory: this.directory }),
      startRedis(),
      upstream.firstJson<number[]>(),
    ]);
    this.upstream = { port: this.nodePorts[0] ?? 0, process: upstream };
    this.databaseUrl = `${this.#postgres.url}/postgres`;
    this.redisUrl = this.#redis.url;
    this.#ledger = await startLedgerRpc(this.nodePorts, this.#stakes);
    await migrate(this.databaseUrl, migrations);
    [this.key = ''] = await this.tenants(1);
    [this.smallKey = ''] = await this.tenants(1, FEW);
    await this.#startWorker();
  }

  /** Makes tenants; resolves to their keys. */
  tenants(count: number, dailyRelays = PLENTY): Promise<string[]> {
    const { databaseUrl, pepper, clientKey } = this;
    return createTenants({ databaseUrl, pepper, clientKey, count, dailyRelays, stakes: this.#stakes });
  }

  /** nginx before the nodes. */
  async nginx(program: string): Promise<Target> {
    const port = await freePort();
    const { directory, nodePorts, proxyCore } = this;
    const nginx = await startNginx({ program, directory, port, nodePorts, core: proxyCore });
    this.#processes.push(nginx);
    return { port, process: nginx };
  }

  /** node:http and undici, with or without a signature. */
  async forwarder(mode: 'plain' | 'sign'): Promise<Target> {
    const forwarder = this.#spawn({
      name: `${mode} forwarder`,
      command: process.execPath,
      args: [builtProgram('forwarder'), mode, ...this.nodePorts.map(String)],
      core: this.proxyCore,
    });
    const [port = 0] = await forwarder.firstJson<number[]>();
    return { port, process: forwarder };
  }

  /** A gateway from the `dist` of `root` with everything on. `nodeFlags` stand before the program. */
  async gateway(
    core = this.proxyCore,
    nodeFlags: readonly string[] = [],
    root = process.cwd(),
  ): Promise<GatewayTarget> {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const gateway = this.#spawn({
      name: 'gateway',
      command: process.execPath,
      args: [...nodeFlags, '--enable-source-maps', join(root, 'dist/apps/gateway/src/main.js')],
      core,
      env: {
        ...this.#common(),
        GATEWAY_PORT: String(port),
        GATEWAY_METRICS_PORT: String(metricsPort),
        GATEWAY_CLIENT_PRIVATE_KEY: this.clientKey.privateKeyHex,
        API_KEY_PEPPER: this.pepper,
        JOURNAL_DIR: join(this.directory, 'journal'),
      },
    });
    await gateway.answers(`http://127.0.0.1:${port}/readyz`);
    return { port, process: gateway, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics` };
  }

  /** Ends everything and removes its data. */
  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
    this.#ledger?.server.closeAllConnections();
    this.#ledger?.server.close();
    await Promise.all([this.#postgres?.stop(), this.#redis?.stop()]);
    removeDirectory(this.directory);
  }

  /** Stores what the gateways ship, with the processor time that nobody else wants. */
  async #startWorker(): Promise<void> {
    const port = await freePort();
    const worker = this.#spawn({
      name: 'worker',
      command: process.execPath,
      args: ['--enable-source-maps', join(process.cwd(), 'dist/apps/worker/src/main.js')],
      core: this.otherCore,
      nice: 19,
      env: {
        ...this.#common(),
        WORKER_METRICS_PORT: String(port),
        SETTLER_PRIVATE_KEY: generateKeyPair().privateKeyHex,
        // Nothing is staked or settled on a ledger that stands still.
        STAKE_SYNC_MS: '86400000',
      },
    });
    await worker.answers(`http://127.0.0.1:${port}/readyz`);
  }

  #common(): Record<string, string> {
    return {
      DATABASE_URL: this.databaseUrl,
      REDIS_URL: this.redisUrl,
      POCKET_RPC_URLS: this.#ledger?.url ?? '',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'production',
    };
  }

  #spawn(options: ConstructorParameters<typeof PinnedProcess>[0]): PinnedProcess {
    mkdirSync(this.directory, { recursive: true });
    const process = new PinnedProcess(options);
    this.#processes.push(process);
    return process;
  }
}
