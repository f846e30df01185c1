import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import { EmbeddedLedger, type LocalLedger } from '#libs/ledger';
import { createDataSource } from '#libs/persistence';
import type { Logger } from '#libs/telemetry';
import type { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { BlockProducer, type ProducedBlock } from './block-producer.js';
import { AnvilKeeper } from './chain/anvil-keeper.js';
import { ChainClient } from './chain/chain-client.js';
import type { DevnetConfig } from './config.js';
import { SettlementTotals } from './devnet-status.js';
import { FaultBoard } from './faults/fault-board.js';
import { faultScriptSchema } from './faults/fault-script.js';
import { ETHEREUM, deriveNodeKeys, devnetGenesis } from './genesis.js';
import { type DevnetMetrics, registerDevnetMetrics } from './metrics.js';
import { announceMovedNodes } from './node-moves.js';
import type { NetworkView } from './node/network-view.js';
import { NodeServer } from './node/node-server.js';
import { RelayOracle } from './node/relay-oracle.js';
import { ServiceNode } from './node/service-node.js';
import { RuntimeFile, type StoredRuntime } from './runtime-file.js';
import { StateFile } from './state-file.js';

/** Anvil's chain id, the one its documentation and every development tool expect. */
export const EVM_CHAIN_ID = 31_337;

const RUNTIME_WRITE_EVERY_MS = 10_000;

/** The stored state and the configuration do not fit together. */
export class DevnetStateError extends Error {
  override readonly name = 'DevnetStateError';
}

/**
 * The running network: chain, ledger, block producer and service nodes. `start` brings them up in the order they need one
 * another and takes down what it had started when a later step fails.
 */
export class Network {
  readonly #cleanups: Array<() => Promise<void> | void> = [];
  readonly #servers: NodeServer[] = [];
  readonly #chains = new Map<string, ChainClient>();
  readonly faults = new FaultBoard();
  nodes: readonly ServiceNode[] = [];
  oracle: RelayOracle;
  ledger: LocalLedger;
  totals: SettlementTotals;
  /** Where the EVM chain answers, for tools that talk to it directly. */
  chainUrl = '';
  /** The Anvil this network runs; null with `CHAIN_URL`. */
  anvil: AnvilKeeper | null = null;
  #producer: BlockProducer | null = null;
  #metrics: DevnetMetrics | null = null;
  #runtime: RuntimeFile | null = null;
  #networkId = '';
  #runtimeWrittenAtMs = 0;

  private constructor(
    private readonly config: DevnetConfig,
    private readonly logger: Logger,
  ) {}

  /** Resolves when blocks are produced and the nodes' ports are bound; they serve from {@link serve} on. */
  static async start(config: DevnetConfig, logger: Logger, registry: Registry): Promise<Network> {
    const network = new Network(config, logger);
    try {
      await network.#start(registry);
      return network;
    } catch (error) {
      await network.stop();
      throw error;
    }
  }

  /** The newest state of the network. */
  get view(): NetworkView {
    return this.#producer!.view as NetworkView;
  }

  /** Attempts in a row at the next block that failed. */
  get blockFailures(): number {
    return this.#producer?.failures ?? 0;
  }

  /** Makes blocks at once, so that a session need not be waited for. */
  produceBlocks(count: number): Promise<void> {
    return this.#producer!.produceNow(count);
  }

  /** Address a node was staked with. */
  serviceUrl(node: number): string {
    return `http://${this.config.DEVNET_HOST}:${this.#servers[node]?.port ?? 0}`;
  }

  /** Opens the nodes; `rpc` answers what is not a node's own business. */
  serve(rpc: RequestListener): void {
    for (const [index, server] of this.#servers.entries()) server.attach(this.nodes[index] as ServiceNode, rpc);
  }

  /** Takes everything down in reverse order; safe after a partial start and to call again. */
  async stop(): Promise<void> {
    for (let cleanup = this.#cleanups.pop(); cleanup !== undefined; cleanup = this.#cleanups.pop()) {
      try {
        await cleanup();
      } catch (error) {
        this.logger.warn({ err: error }, 'a part of the network did not stop cleanly');
      }
    }
  }

  async #start(registry: Registry): Promise<void> {
    const { config } = this;
    this.#loadFaults();
    const stateFile = new StateFile(config.DEVNET_DIR);
    const state = stateFile.read(Date.now());
    const keys = deriveNodeKeys(state.seed, config.DEVNET_NODES);
    await this.#bindNodePorts(state.nodePorts);
    stateFile.write({ ...state, nodePorts: this.#servers.map((server) => server.port) });
    const [, dataSource] = await Promise.all([
      this.#startChains(),
      createDataSource({ url: config.DATABASE_URL, applicationName: 'pokt-portal-devnet' }),
    ]);
    this.#cleanups.push(() => dataSource.destroy());
    await this.#openLedger(dataSource, keys, state.genesisTimeMs);
    this.#runtime = new RuntimeFile(config.DEVNET_DIR, this.logger);
    this.totals = await SettlementTotals.load(this.ledger);
    const producer = new BlockProducer(
      this.ledger,
      { blockTimeMs: config.BLOCK_TIME_MS, sessionAllowance: config.SESSION_ALLOWANCE },
      this.logger,
      { produced: (produced) => this.#onBlock(produced), failed: () => this.#metrics?.blockFailed() },
    );
    this.#producer = producer;
    this.#cleanups.push(() => producer.stop());
    await producer.start();
    await announceMovedNodes(
      this.ledger,
      keys.map((key, index) => ({ key, serviceUrl: this.serviceUrl(index) })),
      this.logger,
    );
    this.#networkId = (await this.ledger.block(1))?.block_id.hash ?? '';
    const stored = this.#runtime.read(this.#networkId);
    this.oracle = new RelayOracle(
      keys.map((key) => key.addressHex),
      undefined,
      stored?.oracle ?? null,
    );
    this.#metrics = registerDevnetMetrics(registry, this.oracle);
    this.nodes = keys.map(
      (key, index) =>
        new ServiceNode(index, key, {
          view: () => producer.view,
          chains: this.#chains,
          faults: this.faults,
          oracle: this.oracle,
          sessionAllowance: config.SESSION_ALLOWANCE,
          blockAllowance: config.BLOCK_ALLOWANCE,
        }),
    );
    for (const node of this.nodes) node.evidence.restore(stored?.evidence[node.index] ?? []);
    this.#cleanups.push(() => this.#runtime?.writeNow(this.#runtimeState(true)));
    // Last in, first out: nothing is answered while the rest goes down.
    this.#cleanups.push(async () => {
      await Promise.all(this.#servers.map((server) => server.close()));
    });
  }

  #loadFaults(): void {
    const { DEVNET_FAULTS: inline, DEVNET_FAULTS_PATH: path } = this.config;
    const text = inline ?? (path === undefined ? undefined : readFileSync(path, 'utf8'));
    if (text === undefined) return;
    const script = faultScriptSchema.parse(JSON.parse(text));
    this.faults.install(script);
    this.logger.warn({ rules: script.rules.length }, 'faults are in force from the start');
  }

  async #bindNodePorts(staked: readonly number[]): Promise<void> {
    const { DEVNET_HOST: host, DEVNET_NODE_PORT_BASE: base, DEVNET_NODES: count } = this.config;
    const wanted = Array.from({ length: count }, (_, index) => (base === 0 ? 0 : base + index));
    if (staked.length > 0 && staked.length !== count) {
      throw new DevnetStateError(
        `the stored network has ${staked.length} nodes and DEVNET_NODES is ${count}; begin anew to change that`,
      );
    }
    // The servers that were bound before one fails must be let go; close() after a full start is the same call.
    this.#cleanups.push(async () => {
      await Promise.all(this.#servers.map((server) => server.close(0)));
    });
    // Free ports are chosen once: the stake names them. Fixed ones follow the configuration, and the stake follows them.
    for (const port of base === 0 && staked.length > 0 ? staked : wanted)
      this.#servers.push(await NodeServer.bind(host, port));
  }

  async #startChains(): Promise<void> {
    const { config } = this;
    if (config.CHAIN_URL === undefined) {
      const keeper = await AnvilKeeper.start(
        {
          ...(config.ANVIL_BIN === undefined ? {} : { binary: config.ANVIL_BIN }),
          host: '127.0.0.1',
          port: config.ANVIL_PORT,
          chainId: EVM_CHAIN_ID,
          blockTimeS: config.ANVIL_BLOCK_TIME_S,
          ...(config.ANVIL_KEEP ? { stateFile: join(config.DEVNET_DIR, 'anvil.json') } : {}),
        },
        this.logger,
      );
      this.anvil = keeper;
      this.#cleanups.push(() => keeper.stop());
      this.chainUrl = keeper.url;
    } else {
      this.chainUrl = config.CHAIN_URL;
    }
    const urls = new Map([[ETHEREUM, this.chainUrl], ...config.DEVNET_CHAINS]);
    for (const [id, url] of urls) {
      const client = new ChainClient({ url, timeoutMs: config.CHAIN_TIMEOUT_MS });
      this.#chains.set(id, client);
      this.#cleanups.push(() => client.close());
    }
  }

  async #openLedger(
    dataSource: DataSource,
    keys: ReturnType<typeof deriveNodeKeys>,
    genesisTimeMs: number,
  ): Promise<void> {
    const { config } = this;
    const ledger = new EmbeddedLedger({ dataSource, chainId: config.POCKET_CHAIN_ID });
    this.ledger = ledger;
    this.#cleanups.push(() => ledger.close());
    const nodes = keys.map((key, index) => ({ key, port: (this.#servers[index] as NodeServer).port }));
    if ((await ledger.height()) === 0) {
      await ledger.initialize(devnetGenesis(config, nodes, genesisTimeMs));
      return;
    }
    const first = nodes[0] as (typeof nodes)[number];
    if ((await ledger.node(first.key.addressHex)) === null) {
      throw new DevnetStateError(
        `the ledger in the database belongs to another network than the keys in ${config.DEVNET_DIR}; begin anew with both`,
      );
    }
  }

  #onBlock({ view, block, durationMs }: ProducedBlock): void {
    this.#metrics?.blockProduced(durationMs, view.height);
    if (block !== null) this.totals.addBlock(block);
    if (view.height === view.sessionHeight) {
      for (const node of this.nodes) node.turn(view);
      this.oracle?.prune();
    }
    const nowMs = performance.now();
    if (this.nodes.length > 0 && nowMs - this.#runtimeWrittenAtMs >= RUNTIME_WRITE_EVERY_MS) {
      this.#runtimeWrittenAtMs = nowMs;
      void this.#runtime?.writeSoon(() => this.#runtimeState(false));
    }
  }

  #runtimeState(withEvidence: boolean): StoredRuntime {
    return {
      networkId: this.#networkId,
      oracle: this.oracle.store(),
      evidence: withEvidence ? this.nodes.map((node) => node.evidence.dump()) : [],
    };
  }
}
