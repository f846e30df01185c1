import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { LedgerAccount, PocketRpcClient } from '#libs/ledger';
import { createDataSource } from '#libs/persistence';
import { type KeyPair, generateKeyPair, makeAat } from '#libs/protocol';
import { createLogger } from '#libs/telemetry';
import { hashSecret, issueKey } from '#libs/tenancy';
import { readDevnetConfig } from '../../apps/devnet/src/config.js';
import { type Devnet, startDevnet } from '../../apps/devnet/src/devnet.js';
import { gatewayConfig } from '../../apps/gateway/src/config.js';
import { type RunningGateway, startGateway } from '../../apps/gateway/src/gateway.js';
import { startAnvil } from '../support/anvil.js';
import { createDatabase, createRedis } from '../support/database.js';
import { type RunningService, removeDirectory, temporaryDirectory } from '../support/services.js';
import { waitFor } from '../support/wait-for.js';

const PEPPER = 'a pepper that only the gateway tests know';

/** An application staked on the network. */
export interface StakedApplication {
  readonly key: KeyPair;
  readonly stakedUpokt: bigint;
}

/** What a key opens. */
export interface EndpointOptions {
  readonly answerStyle?: 'wallet' | 'strict';
  readonly verifyInline?: boolean;
  /** Relays a day; it becomes the stake that tenancy reports, at the default 40 relays per POKT. */
  readonly dailyRelays?: number;
  readonly application?: StakedApplication;
  readonly chains?: readonly string[];
}

/** One tenant's endpoint in the database. */
export interface WorldEndpoint {
  readonly tenantId: string;
  readonly applicationId: string;
  readonly endpointId: string;
  readonly keyId: string;
  readonly key: string;
}

/** A devnet in this process in front of a real Anvil, a real PostgreSQL and Redis, and gateways in this process. */
export class GatewayWorld {
  readonly directory = temporaryDirectory('gateway-test-');
  readonly logLines: string[] = [];
  readonly clientKey = generateKeyPair();
  /** What the keys of this world are hashed with. */
  readonly pepper = PEPPER;
  readonly #treasury = generateKeyPair();
  readonly #gateways: RunningGateway[] = [];
  anvil!: RunningService;
  devnet!: Devnet;
  databaseUrl!: string;
  redisUrl!: string;
  dataSource!: DataSource;
  #ledger!: PocketRpcClient;

  static async start(blockTimeMs = 1_000, devnet: Record<string, string> = {}): Promise<GatewayWorld> {
    const world = new GatewayWorld();
    try {
      await world.#start(blockTimeMs, devnet);
      return world;
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  async #start(blockTimeMs: number, devnet: Record<string, string>): Promise<void> {
    [this.databaseUrl, this.redisUrl, this.anvil] = await Promise.all([createDatabase(), createRedis(), startAnvil()]);
    this.dataSource = await createDataSource({ url: this.databaseUrl });
    this.devnet = await startDevnet(
      readDevnetConfig({
        DATABASE_URL: this.databaseUrl,
        DEVNET_PORT: '0',
        DEVNET_METRICS_PORT: '0',
        DEVNET_NODE_PORT_BASE: '0',
        DEVNET_DIR: join(this.directory, 'devnet'),
        DEVNET_CHAINS: `0006=${this.anvil.url}`,
        CHAIN_URL: this.anvil.url,
        BLOCK_TIME_MS: String(blockTimeMs),
        SETTLER_PUBLIC_KEY: generateKeyPair().publicKeyHex,
        TREASURY_ADDRESS: this.#treasury.addressHex,
        ...devnet,
      }),
      this.#logger('devnet'),
    );
    this.#ledger = new PocketRpcClient({ urls: [this.devnet.url], timeoutMs: 5_000 });
  }

  /** Funds and stakes an application; resolves when its first session has begun. */
  async stake(stakedPokt: bigint, chains: string[] = ['0021']): Promise<StakedApplication> {
    const key = generateKeyPair();
    const stakedUpokt = stakedPokt * 1_000_000n;
    const account = (signer: KeyPair): LedgerAccount =>
      new LedgerAccount({ client: this.#ledger, key: signer, chainId: 'localnet' });
    await account(this.#treasury).send(key.addressHex, stakedUpokt + 1_000_000n);
    await account(key).stakeApplication(chains, stakedUpokt);
    const stakedAt = await this.#ledger.height();
    const { network } = this.devnet;
    // The application can be used from the first session that begins with its stake on record.
    while (Math.floor((network.view.height - 1) / 4) <= Math.floor((stakedAt - 1) / 4)) await network.produceBlocks(1);
    return { key, stakedUpokt };
  }

  /** Blocks to the beginning of the next session. */
  async nextSession(): Promise<void> {
    const { network } = this.devnet;
    const from = Math.floor((network.view.height - 1) / 4);
    while (Math.floor((network.view.height - 1) / 4) === from) await network.produceBlocks(1);
  }

  /** An endpoint with a key, written as the admin API writes it. */
  async endpoint(application: StakedApplication, options: EndpointOptions = {}): Promise<WorldEndpoint> {
    const [tenantId, endpointId, keyId] = [randomUUID(), randomUUID(), randomUUID()];
    const stakedUpokt =
      options.dailyRelays === undefined ? application.stakedUpokt : BigInt(options.dailyRelays) * 25_000n;
    const query = (sql: string, parameters: unknown[]): Promise<unknown> => this.dataSource.query(sql, parameters);
    await query(`INSERT INTO tenancy.tenants (tenant_id, name) VALUES ($1, 'Gateway test')`, [tenantId]);
    const applicationId = randomUUID();
    await query(
      `INSERT INTO tenancy.applications (application_id, tenant_id, name, source, public_key, address, aat, chains,
         provisioning, requested_upokt, staked_upokt, max_relays, stake_status, ledger_height)
       VALUES ($1, $2, 'app', 'ready-made', $3, $4, $5, $6, 'staked', 0, $7, 41750, 'staked', 1)`,
      [
        applicationId,
        tenantId,
        application.key.publicKeyHex,
        application.key.addressHex,
        makeAat(application.key, this.clientKey.publicKeyHex),
        options.chains ?? ['0021'],
        stakedUpokt.toString(),
      ],
    );
    await query(
      `INSERT INTO tenancy.endpoints (endpoint_id, tenant_id, name, answer_style, verify_inline) VALUES ($1, $2, 'e', $3, $4)`,
      [endpointId, tenantId, options.answerStyle ?? 'wallet', options.verifyInline ?? false],
    );
    await query(
      `INSERT INTO tenancy.endpoint_applications (tenant_id, endpoint_id, application_id) VALUES ($1, $2, $3)`,
      [tenantId, endpointId, applicationId],
    );
    const { key, prefix } = issueKey();
    await query(
      `INSERT INTO tenancy.api_keys (key_id, tenant_id, endpoint_id, name, prefix, hash) VALUES ($1, $2, $3, 'key', $4, $5)`,
      [keyId, tenantId, endpointId, prefix, hashSecret(key, PEPPER)],
    );
    return { tenantId, applicationId, endpointId, keyId, key };
  }

  /** What a gateway of this world is started with; each has a journal of its own. */
  gatewayEnvironment(): Record<string, string> {
    return {
      GATEWAY_PORT: '0',
      GATEWAY_METRICS_PORT: '0',
      GATEWAY_CLIENT_PRIVATE_KEY: this.clientKey.privateKeyHex,
      DATABASE_URL: this.databaseUrl,
      REDIS_URL: this.redisUrl,
      POCKET_RPC_URLS: this.devnet.url,
      API_KEY_PEPPER: PEPPER,
      CHAIN_OVERRIDES: '0021=31337',
      HEIGHT_POLL_MS: '100',
      JOURNAL_DIR: join(this.directory, `journal-${randomBytes(4).toString('hex')}`),
    };
  }

  /** A gateway that is ready. */
  async gateway(environment: Record<string, string> = {}): Promise<RunningGateway> {
    const gateway = await startGateway(
      gatewayConfig({ ...this.gatewayEnvironment(), ...environment }),
      this.#logger('gateway'),
    );
    this.#gateways.push(gateway);
    await waitFor('the gateway to be ready', async () => (await fetch(`${gateway.url}/readyz`)).status === 200, 20_000);
    return gateway;
  }

  /** Everything logged so far. */
  get log(): string {
    return this.logLines.join('');
  }

  async stop(): Promise<void> {
    for (const gateway of this.#gateways) await gateway.stop();
    await this.#ledger?.close();
    await this.devnet?.stop();
    await this.dataSource?.destroy();
    await this.anvil?.stop();
    removeDirectory(this.directory);
  }

  #logger(app: string) {
    return createLogger({ app, level: 'debug', sink: { write: (line) => void this.logLines.push(line) } });
  }
}
