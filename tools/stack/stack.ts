import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeyPair } from '#libs/protocol';
import { createDataSource, migrate } from '#libs/persistence';
import { migrations } from '#migrations';
import type { DataSource } from 'typeorm';
import { startAnvil } from './anvil.js';
import { AppProcess } from './app-process.js';
import { PostgresPair } from './postgres-pair.js';
import { type RunningService, freePort, removeDirectory, startRedis, temporaryDirectory } from './services.js';
import { waitFor } from './wait-for.js';

/** Operator's bootstrap token of a test stack. */
const ADMIN_TOKEN = 'test-operator-token-0123456789abcdef';

/** What a test asks of a stack. */
export interface StackOptions {
  /** Gateway processes; default 1. */
  readonly gateways?: number;
  /** Default 2,000 ms, as `npm start` does. */
  readonly blockTimeMs?: number;
  /** More environment for one app or all. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The port by which `from` reaches a part that listens on `port`, for example a proxy's; by default `port` itself. */
  readonly route?: (from: StackParty, to: StackTarget, port: number) => Promise<number>;
  /** Journal directory of a gateway; by default all share one. */
  readonly journalDirectory?: (gateway: number) => string;
  /** Sees every line that an app of the stack prints. */
  readonly onOutputLine?: (line: string) => void;
  /** Called before anything is started, for callers that must end processes at once. */
  readonly onStarting?: (stack: Stack) => void;
}

/** Who opens connections in a stack; `stack` is the stack's own data source. */
export type StackParty = 'gateway' | 'admin' | 'worker' | 'devnet' | 'stack';

/** What they connect to. */
export type StackTarget = 'postgres' | 'redis' | 'rpc';

/** A gateway process of a stack. */
export interface StackGateway {
  readonly process: AppProcess;
  readonly url: string;
  readonly metricsUrl: string;
  /** Starts it again after a kill, on the same ports and with the same journal directory. */
  start(): Promise<void>;
}

/** A tenant ready to relay. */
export interface DemoTenant {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly keyId: string;
  readonly key: string;
}

/**
 * The whole product on loopback, each part as its own process: PostgreSQL, Redis, Anvil, devnet, gateways, admin, worker.
 * Every part can be killed and started again on its own data.
 */
export class Stack {
  postgresPair!: PostgresPair;
  redis!: RunningService;
  anvil!: RunningService;
  devnet!: AppProcess;
  admin!: AppProcess;
  worker!: AppProcess;
  readonly gateways: StackGateway[] = [];
  adminUrl!: string;
  rpcUrl!: string;
  /** Operator's bootstrap token of the admin API. */
  readonly adminToken = ADMIN_TOKEN;
  databaseUrl!: string;
  dataSource!: DataSource;
  readonly #directory = temporaryDirectory('portal-stack-');
  #workerReadyUrl = '';

  /** Starts everything and resolves when each part says it is ready. */
  static async start(options: StackOptions = {}): Promise<Stack> {
    const stack = new Stack();
    options.onStarting?.(stack);
    try {
      await stack.#start(options);
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  async #start(options: StackOptions): Promise<void> {
    const redisDirectory = join(this.#directory, 'redis');
    mkdirSync(redisDirectory);
    const route = options.route ?? ((_from, _to, port) => Promise.resolve(port));
    [this.postgresPair, this.redis, this.anvil] = await Promise.all([
      PostgresPair.start(this.#directory),
      startRedis({ directory: redisDirectory }),
      startAnvil(),
    ]);
    const databaseUrl = async (from: StackParty): Promise<string> =>
      `postgres://postgres@127.0.0.1:${await route(from, 'postgres', this.postgresPair.primary.port)}/postgres`;
    this.databaseUrl = await databaseUrl('stack');
    await migrate(this.databaseUrl, migrations);
    this.dataSource = await createDataSource({ url: this.databaseUrl, applicationName: 'test' });

    const client = generateKeyPair();
    const treasury = generateKeyPair();
    const settler = generateKeyPair();
    const ports = await freePorts(6);
    this.rpcUrl = `http://127.0.0.1:${ports[0]}`;
    this.adminUrl = `http://127.0.0.1:${ports[1]}`;
    const rpcPort = ports[0]!;
    const redisPort = this.redis.port;
    const ways = async (from: StackParty): Promise<Record<string, string>> => ({
      DATABASE_URL: await databaseUrl(from),
      REDIS_URL: `redis://127.0.0.1:${await route(from, 'redis', redisPort)}`,
      POCKET_RPC_URLS: `http://127.0.0.1:${await route(from, 'rpc', rpcPort)}`,
    });
    const common = {
      POCKET_CHAIN_ID: 'localnet',
      CHAIN_OVERRIDES: '0021=31337',
      API_KEY_PEPPER: randomBytes(32).toString('hex'),
      LOG_LEVEL: 'info',
      ...options.environment,
    };
    this.devnet = await new AppProcess(
      'devnet',
      {
        ...common,
        DATABASE_URL: await databaseUrl('devnet'),
        DEVNET_PORT: String(ports[0]),
        DEVNET_METRICS_PORT: '0',
        DEVNET_NODE_PORT_BASE: '0',
        DEVNET_DIR: join(this.#directory, 'devnet'),
        CHAIN_URL: this.anvil.url,
        BLOCK_TIME_MS: String(options.blockTimeMs ?? 2_000),
        SETTLER_PUBLIC_KEY: settler.publicKeyHex,
        TREASURY_ADDRESS: treasury.addressHex,
      },
      options.onOutputLine,
    ).start(`${this.rpcUrl}/readyz`);
    this.admin = new AppProcess(
      'admin',
      {
        ...common,
        ...(await ways('admin')),
        ADMIN_PORT: String(ports[1]),
        ADMIN_METRICS_PORT: '0',
        ADMIN_TOKEN,
        APPLICATION_KEYS_KEK: randomBytes(32).toString('hex'),
        TREASURY_PRIVATE_KEY: treasury.privateKeyHex,
        GATEWAY_CLIENT_PUBLIC_KEY: client.publicKeyHex,
      },
      options.onOutputLine,
    );
    this.worker = new AppProcess(
      'worker',
      {
        ...common,
        ...(await ways('worker')),
        WORKER_METRICS_PORT: String(ports[2]),
        SETTLER_PRIVATE_KEY: settler.privateKeyHex,
      },
      options.onOutputLine,
    );
    this.#workerReadyUrl = `http://127.0.0.1:${ports[2]}/readyz`;
    await Promise.all([this.admin.start(`${this.adminUrl}/readyz`), this.startWorker()]);

    const gatewayWays = await ways('gateway');
    for (let index = 0; index < (options.gateways ?? 1); index += 1) {
      const [port, metricsPort] = await freePorts(2);
      const url = `http://127.0.0.1:${port}`;
      const gateway = new AppProcess(
        'gateway',
        {
          ...common,
          ...gatewayWays,
          GATEWAY_PORT: String(port),
          GATEWAY_METRICS_PORT: String(metricsPort),
          GATEWAY_CLIENT_PRIVATE_KEY: client.privateKeyHex,
          JOURNAL_DIR: options.journalDirectory?.(index) ?? join(this.#directory, 'journal'),
        },
        options.onOutputLine,
      );
      this.gateways.push({
        process: gateway,
        url,
        metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
        start: async () => void (await gateway.start(`${url}/readyz`)),
      });
    }
    await Promise.all(this.gateways.map((gateway) => gateway.start()));
  }

  /** Starts the worker, also again after a kill. */
  async startWorker(): Promise<void> {
    await this.worker.start(this.#workerReadyUrl);
  }

  /** `kill -9` of PostgreSQL with every connection, then the same data on the same port. */
  async restartPostgres(whileDown?: () => Promise<void>): Promise<void> {
    await this.postgresPair.restart(whileDown);
  }

  /** `kill -9` of Redis, then its append-only file on the same port. */
  async restartRedis(whileDown?: () => Promise<void>): Promise<void> {
    await this.redis.kill();
    await whileDown?.();
    this.redis = await startRedis({ directory: join(this.#directory, 'redis'), port: this.redis.port });
  }

  /** One call of the admin API; rejects with the problem's text unless the answer is 2xx. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.adminUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** A tenant with one application of `stakedPokt`, one endpoint and one key, made through the admin API. */
  async createTenant(stakedPokt: string, endpoint: Record<string, unknown> = {}): Promise<DemoTenant> {
    const { tenantId } = await this.call<{ tenantId: string }>('POST', '/v1/tenants', { name: 'Test tenant' });
    const { applicationId } = await this.call<{ applicationId: string }>(
      'POST',
      `/v1/tenants/${tenantId}/applications`,
      {
        source: 'managed',
        name: 'Test application',
        chains: ['0021'],
        stakePokt: stakedPokt,
      },
    );
    const { endpointId } = await this.call<{ endpointId: string }>('POST', `/v1/tenants/${tenantId}/endpoints`, {
      name: 'Test endpoint',
      applicationIds: [applicationId],
      ...endpoint,
    });
    const { keyId, key } = await this.call<{ keyId: string; key: string }>(
      'POST',
      `/v1/tenants/${tenantId}/endpoints/${endpointId}/keys`,
      { name: 'Test key' },
    );
    return { tenantId, applicationId, endpointId, keyId, key };
  }

  /** Resolves when `url` serves relays for the key: the application's first session has begun. */
  async serving(tenant: DemoTenant, gateway = this.gateways[0]!): Promise<string> {
    const url = `${gateway.url}/v1/${tenant.key}/eth-mainnet`;
    await waitFor(
      'the first relay to be answered',
      async () => {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}',
        });
        return ((await response.json()) as { result?: string }).result !== undefined;
      },
      60_000,
    );
    return url;
  }

  /** Process ids of every part that runs. */
  get pids(): readonly number[] {
    const parts = [
      ...this.gateways.map((gateway) => gateway.process.pid),
      ...[this.admin, this.worker, this.devnet].map((app) => app?.pid),
      ...[this.redis, this.anvil, ...(this.postgresPair?.servers ?? [])].map((service) => service?.process.pid),
    ];
    return parts.filter((pid) => pid !== undefined);
  }

  /** Stops everything in order and removes its data. Safe to call after a failed start. */
  async stop(): Promise<void> {
    await Promise.all(this.gateways.map((gateway) => gateway.process.stop()));
    await Promise.all([this.admin?.stop(), this.worker?.stop()]);
    await this.devnet?.stop();
    await this.dataSource?.destroy();
    await Promise.all([this.postgresPair?.stop(), this.redis?.stop(), this.anvil?.stop()]);
    removeDirectory(this.#directory);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
