import { createHash } from 'node:crypto';
import {
  EmbeddedLedger,
  type BlockSummary,
  type LedgerGenesis,
  type LedgerTransaction,
  type LocalLedger,
  type SubmittedTransaction,
} from '#libs/ledger';
import { createDataSource } from '#libs/persistence';
import {
  type Aat,
  type Claim,
  type KeyPair,
  MerkleTree,
  type ProofMessage,
  type RelayProof,
  type SessionHeader,
  type TransactionMessage,
  keyPairFromSeed,
  makeAat,
  merkleLeafHash,
  relayProofHash,
  relayProofPreimage,
  requiredLeafIndex,
  sessionHeaderHashHex,
  signBytes,
  signTransaction,
} from '#libs/protocol';
import type { DataSource } from 'typeorm';
import { createDatabase } from '../support/database.js';

export const POKT = 1_000_000n;
export const CHAIN = '0021';
export const FEE = 10_000n;

/** A key that is the same in every run. */
export function keyOf(name: string): KeyPair {
  return keyPairFromSeed(createHash('sha256').update(name).digest());
}

/** Relays of one node in one session, as its evidence holds them. Only the leaf that is asked for gets a client signature. */
export class Evidence {
  readonly tree: MerkleTree;
  readonly #proofs: readonly RelayProof[];
  readonly #client: KeyPair;

  constructor(o: {
    header: SessionHeader;
    node: KeyPair;
    aat: Aat;
    client: KeyPair;
    count: number;
    repeats?: boolean;
  }) {
    this.#client = o.client;
    this.#proofs = Array.from({ length: o.count }, (_, index) => ({
      request_hash: createHash('sha256').update('request').digest('hex'),
      // A replayed relay is in the evidence twice.
      entropy: BigInt(o.repeats === true ? Math.floor(index / 2) : index),
      session_block_height: o.header.session_height,
      servicer_pub_key: o.node.publicKeyHex,
      blockchain: o.header.chain,
      aat: o.aat,
      signature: '',
    }));
    this.tree = MerkleTree.build(Buffer.concat(this.#proofs.map((proof) => merkleLeafHash(relayProofPreimage(proof)))));
  }

  /** The relay at a sorted position of the tree, signed by the client. */
  leaf(index: number): RelayProof {
    const proof = this.#proofs[this.tree.inputIndexAt(index)] as RelayProof;
    return { ...proof, signature: signBytes(this.#client, relayProofHash(proof)).toString('hex') };
  }

  proof(index: number): ProofMessage {
    return {
      merkleProof: this.tree.prove(index),
      leaf: { type: 'pocketcore/relay_proof', value: this.leaf(index) },
      evidenceType: 1,
    };
  }
}

/** A network of one machine for tests: known keys, a clock that only blocks move, and the settlement of evidence. */
export class LedgerNetwork {
  readonly treasury = keyOf('treasury');
  readonly settler = keyOf('settler');
  readonly daoOwner = keyOf('dao owner');
  readonly application = keyOf('application');
  readonly client = keyOf('client');
  readonly nodes: readonly KeyPair[];
  readonly aat: Aat;
  ledger: EmbeddedLedger;
  dataSource: DataSource;
  readonly genesis: LedgerGenesis;
  readonly url: string;
  timeMs = Date.UTC(2026, 0, 1);
  #entropy = 0n;

  private constructor(url: string, dataSource: DataSource, genesis: LedgerGenesis, nodes: readonly KeyPair[]) {
    this.url = url;
    this.dataSource = dataSource;
    this.genesis = genesis;
    this.nodes = nodes;
    this.aat = makeAat(this.application, this.client.publicKeyHex);
    this.ledger = this.newLedger();
  }

  static async start(
    o: {
      nodes?: number;
      nodeChains?: readonly string[];
      /** Index of a node that names no settler. */
      withoutSettler?: number;
      parameters?: LedgerGenesis['parameters'];
      extensions?: LedgerGenesis['extensions'];
      genesis?: Partial<LedgerGenesis>;
    } = {},
  ): Promise<LedgerNetwork> {
    const nodes = Array.from({ length: o.nodes ?? 6 }, (_, index) => keyOf(`node ${index}`));
    const genesis: LedgerGenesis = {
      chainId: 'localnet',
      timeMs: Date.UTC(2026, 0, 1),
      parameters: { daoOwner: keyOf('dao owner').addressHex, supportedBlockchains: [CHAIN, '0001'], ...o.parameters },
      ...(o.extensions ? { extensions: o.extensions } : {}),
      accounts: [
        { addressHex: keyOf('treasury').addressHex, balanceUpokt: 1_000_000n * POKT },
        { addressHex: keyOf('settler').addressHex, balanceUpokt: 1_000n * POKT },
        { addressHex: keyOf('dao owner').addressHex, balanceUpokt: 1_000n * POKT },
        { addressHex: keyOf('application').addressHex, balanceUpokt: 100_000n * POKT },
        ...nodes.map((node) => ({ addressHex: node.addressHex, balanceUpokt: 10n * POKT })),
      ],
      nodes: nodes.map((node, index) => ({
        publicKeyHex: node.publicKeyHex,
        stakeUpokt: 15_000n * POKT,
        chains: o.nodeChains ?? [CHAIN],
        serviceUrl: `http://127.0.0.1:${5_000 + index}`,
        ...(index === o.withoutSettler ? {} : { settlerPublicKeyHex: keyOf('settler').publicKeyHex }),
      })),
      ...o.genesis,
    };
    const url = await createDatabase();
    const network = new LedgerNetwork(url, await createDataSource({ url, connectionsMax: 4 }), genesis, nodes);
    await network.ledger.initialize(genesis);
    return network;
  }

  /** Another instance on the same database, as another process would have it. */
  newLedger(dataSource = this.dataSource): EmbeddedLedger {
    return new EmbeddedLedger({ dataSource, clock: () => this.timeMs });
  }

  async stop(): Promise<void> {
    await this.ledger.close();
    await this.dataSource.destroy();
  }

  /** The next block, two seconds later. */
  produce(): Promise<BlockSummary> {
    this.timeMs += 2_000;
    return this.ledger.produceBlock();
  }

  async advanceTo(height: number): Promise<void> {
    while ((await this.ledger.height()) < height) await this.produce();
  }

  sign(
    signer: KeyPair,
    message: TransactionMessage,
    o: { memo?: string; feeUpokt?: bigint; chainId?: string } = {},
  ): Buffer {
    this.#entropy += 1n;
    return signTransaction({
      message,
      chainId: o.chainId ?? 'localnet',
      feeUpokt: o.feeUpokt ?? FEE,
      memo: o.memo ?? '',
      entropy: this.#entropy,
      signer,
    }).bytes;
  }

  submit(
    signer: KeyPair,
    message: TransactionMessage,
    o: { memo?: string; feeUpokt?: bigint; chainId?: string } = {},
  ): Promise<SubmittedTransaction> {
    return this.ledger.submit(this.sign(signer, message, o));
  }

  /** Submits, makes a block, and gives the result: the mempool's refusal or the block's. */
  async transact(
    signer: KeyPair,
    message: TransactionMessage,
    o: { memo?: string; feeUpokt?: bigint; chainId?: string } = {},
  ): Promise<Pick<LedgerTransaction, 'code' | 'codespace' | 'log'>> {
    const submitted = await this.submit(signer, message, o);
    if (submitted.code !== 0) return submitted;
    await this.produce();
    const included = await this.ledger.transaction(submitted.txHash);
    if (!included) throw new Error(`transaction ${submitted.txHash} is in no block`);
    return included;
  }

  stakeApplication(
    amountUpokt: bigint,
    chains: readonly string[] = [CHAIN],
    key = this.application,
  ): Promise<{ code: number }> {
    return this.transact(key, {
      type: 'apps/MsgAppStake',
      value: { publicKeyHex: key.publicKeyHex, chains, valueUpokt: amountUpokt },
    });
  }

  send(
    from: KeyPair,
    toAddressHex: string,
    amountUpokt: bigint,
    memo = '',
  ): Promise<{ code: number; codespace: string; log: string }> {
    return this.transact(
      from,
      { type: 'pos/Send', value: { fromAddressHex: from.addressHex, toAddressHex, amountUpokt } },
      { memo },
    );
  }

  header(sessionHeight: number, key = this.application, chain = CHAIN): SessionHeader {
    return { app_public_key: key.publicKeyHex, chain, session_height: sessionHeight };
  }

  /** Keys of the session's nodes, in the order of the draw. */
  async sessionNodes(header: SessionHeader, ledger: LocalLedger = this.ledger): Promise<KeyPair[]> {
    const session = await ledger.session(header);
    return session.nodes.map(({ address }) => this.nodes.find((node) => node.addressHex === address) as KeyPair);
  }

  evidence(header: SessionHeader, node: KeyPair, count: number, o: { repeats?: boolean; aat?: Aat } = {}): Evidence {
    return new Evidence({
      header,
      node,
      aat: o.aat ?? this.aat,
      client: this.client,
      count,
      ...(o.repeats ? { repeats: true } : {}),
    });
  }

  claimOf(header: SessionHeader, node: KeyPair, evidence: Evidence, changes: Partial<Claim> = {}): TransactionMessage {
    return {
      type: 'pocketcore/claim',
      value: {
        header,
        merkleRoot: evidence.tree.root,
        totalProofs: BigInt(evidence.tree.count),
        fromAddressHex: node.addressHex,
        evidenceType: 1,
        expirationHeight: 0,
        ...changes,
      },
    };
  }

  /** Position of the leaf that the chain asks for. The block that fixes it must exist. */
  async requiredIndex(header: SessionHeader, totalProofs: number): Promise<number> {
    const parameters = await this.ledger.parameters(header.session_height);
    const fixing = await this.ledger.block(
      header.session_height + parameters.claimSubmissionWindow * parameters.blocksPerSession,
    );
    const hash = fixing?.block.header.last_block_id.hash.toLowerCase() ?? '';
    return requiredLeafIndex(hash, sessionHeaderHashHex(header), BigInt(totalProofs));
  }

  async proofOf(header: SessionHeader, evidence: Evidence): Promise<TransactionMessage> {
    const index = await this.requiredIndex(header, evidence.tree.count);
    return { type: 'pocketcore/proof', value: evidence.proof(index) };
  }

  /** Every account with its balance now, and what the audit views say. */
  async balances(): Promise<Map<string, bigint>> {
    const rows = await this.dataSource.query<Array<{ account: string; balance: string }>>(
      'SELECT DISTINCT ON (account) account, balance_upokt AS balance FROM ledger.balances ORDER BY account, height DESC',
    );
    return new Map(rows.map(({ account, balance }) => [account, BigInt(balance)]));
  }

  /** Rows of the audit views that must never exist. */
  async auditFailures(): Promise<unknown[]> {
    const supply = await this.dataSource.query<unknown[]>(
      'SELECT * FROM ledger.supply_by_height WHERE difference_upokt <> 0 OR issued_upokt <> supply_upokt',
    );
    const drift = await this.dataSource.query<unknown[]>('SELECT * FROM ledger.balance_differences');
    const stakes = await this.dataSource.query<unknown[]>(
      `SELECT address FROM ledger.applications a LEFT JOIN LATERAL (
         SELECT balance_upokt FROM ledger.balances WHERE account = 'application/' || a.address ORDER BY height DESC LIMIT 1) b ON true
       WHERE coalesce(b.balance_upokt, 0) <> a.staked_upokt
       UNION ALL
       SELECT address FROM ledger.nodes n LEFT JOIN LATERAL (
         SELECT balance_upokt FROM ledger.balances WHERE account = 'node/' || n.address ORDER BY height DESC LIMIT 1) b ON true
       WHERE coalesce(b.balance_upokt, 0) <> n.staked_upokt`,
    );
    return [...supply, ...drift, ...stakes];
  }
}
