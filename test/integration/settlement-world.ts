import { EmbeddedLedger, type LedgerPort } from '#libs/ledger';
import { createDataSource } from '#libs/persistence';
import { type KeyPair, generateKeyPair } from '#libs/protocol';
import { type Receipt, type SessionRef, encodeChunk } from '#libs/receipts';
import { type SettlementEvent, Settler, type SettlerOptions } from '#libs/settlement';
import { storeChunk } from '#libs/usage';
import type { DataSource } from 'typeorm';
import { type RelayMaker, relayMaker } from '../../libs/settlement/src/testing/signed-relays.js';
import { createDatabase } from '../support/database.js';

const CHAIN = '0021';
const UPOKT_PER_POKT = 1_000_000n;

/** A ledger with five nodes and one application, both real, in one database, and what a gateway and a worker do to it. */
export class SettlementWorld {
  height = 0;
  readonly events: SettlementEvent[] = [];
  private sequence = 0;
  private readonly stranger = relayMaker(7);
  private readonly settler: Settler;

  private constructor(
    readonly dataSource: DataSource,
    readonly ledger: EmbeddedLedger,
    readonly nodes: readonly KeyPair[],
    readonly settlerKey: KeyPair,
    readonly maker: RelayMaker,
  ) {
    this.settler = this.newSettler();
  }

  static async create(options: { applicationStakeUpokt?: bigint; url?: string } = {}): Promise<SettlementWorld> {
    const url = options.url ?? (await createDatabase());
    const dataSource = await createDataSource({ url, connectionsMax: 30 });
    const ledger = new EmbeddedLedger({ dataSource });
    const nodes = Array.from({ length: 5 }, () => generateKeyPair());
    const settler = generateKeyPair();
    const maker = relayMaker();
    await ledger.initialize({
      chainId: 'localnet',
      timeMs: 1_795_000_000_000,
      parameters: { supportedBlockchains: [CHAIN] },
      accounts: [{ addressHex: settler.addressHex, balanceUpokt: 1_000n * UPOKT_PER_POKT }],
      nodes: nodes.map((node, index) => ({
        publicKeyHex: node.publicKeyHex,
        stakeUpokt: 15_000n * UPOKT_PER_POKT,
        chains: [CHAIN],
        serviceUrl: `http://127.0.0.1:${4_310 + index}`,
        settlerPublicKeyHex: settler.publicKeyHex,
      })),
      applications: [
        {
          publicKeyHex: maker.application.publicKeyHex,
          stakeUpokt: options.applicationStakeUpokt ?? 25_000n * UPOKT_PER_POKT,
          chains: [CHAIN],
        },
      ],
    });
    return new SettlementWorld(dataSource, ledger, nodes, settler, maker);
  }

  async close(): Promise<void> {
    await this.ledger.close();
    await this.dataSource.destroy();
  }

  newSettler(over: { ledger?: LedgerPort; dataSource?: DataSource } & Partial<SettlerOptions> = {}): Settler {
    return new Settler({
      dataSource: this.dataSource,
      ledger: this.ledger,
      settler: this.settlerKey,
      chainId: 'localnet',
      quietMs: 0,
      onEvent: (event) => this.events.push(event),
      ...over,
    });
  }

  session(height: number): SessionRef {
    return this.maker.session(CHAIN, height);
  }

  relays(session: SessionRef, node: KeyPair, count: number, over: Partial<Receipt> = {}): Receipt[] {
    return Array.from({ length: count }, () => this.maker.receipt(session, node, over));
  }

  strangerSession(height: number): SessionRef {
    return this.stranger.session(CHAIN, height);
  }

  strangerRelays(session: SessionRef, node: KeyPair, count: number): Receipt[] {
    return Array.from({ length: count }, () => this.stranger.receipt(session, node));
  }

  /** A sealed chunk of these receipts, as a gateway's journal makes it. */
  chunk(receipts: readonly Receipt[]): { chunkId: string; bytes: Buffer } {
    this.sequence += 1;
    return encodeChunk(receipts, { sequence: this.sequence, createdAtMs: 1_795_219_200_000, instanceId: 'gateway-1' });
  }

  /** Stores receipts as one chunk, as the worker does; returns its id. */
  async store(receipts: readonly Receipt[]): Promise<string> {
    const { chunkId, bytes } = this.chunk(receipts);
    await storeChunk(this.dataSource, chunkId, bytes, receipts);
    return chunkId;
  }

  async produce(): Promise<void> {
    this.height = (await this.ledger.produceBlock()).height;
  }

  /** Blocks up to `height` in which nobody settles. */
  async toHeight(height: number): Promise<void> {
    while (this.height < height) await this.produce();
  }

  /** One look of a worker, then a block. */
  async step(): Promise<void> {
    await this.settler.verifyChunks();
    const { failed } = await this.settler.tick();
    const failure = this.events.find((event) => event.kind === 'failed');
    if (failed > 0 && failure?.kind === 'failed') throw failure.error;
    await this.produce();
  }

  async toHeightSettling(height: number): Promise<void> {
    while (this.height < height) await this.step();
  }

  /** Settles until the sessions so far are over: `height` is beyond the last proof. */
  async settle(height = 18): Promise<void> {
    await this.toHeightSettling(height);
    await this.step();
  }

  /** Sessions whose receipts are not all accounted for. */
  async openSessions(): Promise<number> {
    const rows = await this.dataSource.query<unknown[]>('SELECT 1 FROM metering.sessions WHERE closed_at IS NULL');
    return rows.length;
  }
}
