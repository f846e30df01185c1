import type { LedgerApplication, LedgerNode, LedgerParameters, LocalLedger } from '#libs/ledger';
import {
  type Aat,
  type BlockAnswer,
  GENESIS_PARAMETERS,
  type KeyPair,
  type RelayPayload,
  type RelayProof,
  keyPairFromSeed,
  makeAat,
  relayProofHash,
  requestHashHex,
  signBytes,
} from '#libs/protocol';

/** A key of one repeated byte. */
export const testKey = (byte: number): KeyPair => keyPairFromSeed(Buffer.alloc(32, byte));

/** A ledger in memory that answers what `NetworkView.load` asks, at whatever height is set. */
export interface SmallLedger {
  height: number;
  applications: LedgerApplication[];
  nodes: LedgerNode[];
  parameters: LedgerParameters;
}

export function smallLedger(nodeCount = 6): SmallLedger {
  return {
    height: 5,
    applications: [applicationRecord(testKey(1), 1_000n, ['0021'])],
    nodes: Array.from({ length: nodeCount }, (_, index) => nodeRecord(testKey(100 + index), index)),
    parameters: {
      ...GENESIS_PARAMETERS,
      extensions: { backingTier2Blocks: 96, backingTier3Blocks: 672 },
    },
  };
}

export function asLedger(small: SmallLedger): LocalLedger {
  const answers = {
    height: () => Promise.resolve(small.height),
    parameters: () => Promise.resolve(small.parameters),
    applications: () => Promise.resolve(small.applications),
    nodes: () => Promise.resolve(small.nodes),
    block: (height: number) => Promise.resolve(blockAt(height)),
  };
  return answers as unknown as LocalLedger;
}

export function applicationRecord(key: KeyPair, maxRelays: bigint, chains: string[]): LedgerApplication {
  return {
    addressHex: key.addressHex,
    publicKeyHex: key.publicKeyHex,
    chains,
    jailed: false,
    maxRelays,
    stakedUpokt: 1_000_000_000n,
    status: 2,
    unstakingTime: '0001-01-01T00:00:00Z',
  };
}

function nodeRecord(key: KeyPair, index: number): LedgerNode {
  return {
    addressHex: key.addressHex,
    publicKeyHex: key.publicKeyHex,
    chains: ['0021'],
    serviceUrl: `http://127.0.0.1:${4_310 + index}`,
    jailed: false,
    status: 2,
    stakedUpokt: 15_000_000_000n,
    outputAddressHex: '',
    rewardDelegators: null,
    unstakingTime: '0001-01-01T00:00:00Z',
    settlerPublicKeyHex: null,
  };
}

function blockAt(height: number): BlockAnswer {
  const hash = height.toString(16).padStart(64, '0').toUpperCase();
  const blockId = { hash, parts: { hash, total: '1' } };
  return {
    block_id: blockId,
    block: {
      header: {
        version: { block: '10', app: '0' },
        chain_id: 'localnet',
        height: String(height),
        time: '2026-01-01T00:00:00.5Z',
        num_txs: '0',
        total_txs: '0',
        last_block_id: blockId,
        last_commit_hash: hash,
        data_hash: '',
        validators_hash: hash,
        next_validators_hash: hash,
        consensus_hash: hash,
        app_hash: hash,
        last_results_hash: '',
        evidence_hash: '',
        proposer_address: hash.slice(0, 40),
      },
    },
  };
}

/** Overrides of a relay; `signer` signs in place of the client. */
export interface RelayDraft {
  readonly payload?: Partial<RelayPayload>;
  readonly blockHeight?: number;
  readonly proof?: Partial<RelayProof>;
  readonly aat?: Aat;
  readonly signer?: KeyPair;
}

/** A relay of application 1 and client 2, right unless overridden, freshly signed. */
export function signedRelay(
  servicerPublicKeyHex: string,
  draft: RelayDraft = {},
): { payload: RelayPayload; blockHeight: number; proof: RelayProof } {
  const client = testKey(2);
  const payload: RelayPayload = { data: '{"id":1}', method: 'POST', path: '', headers: null, ...draft.payload };
  const blockHeight = draft.blockHeight ?? 5;
  const unsigned: RelayProof = {
    request_hash: requestHashHex(payload, blockHeight),
    entropy: 1n,
    session_block_height: 5,
    servicer_pub_key: servicerPublicKeyHex,
    blockchain: '0021',
    aat: draft.aat ?? makeAat(testKey(1), client.publicKeyHex),
    signature: '',
    ...draft.proof,
  };
  const signature = signBytes(draft.signer ?? client, relayProofHash(unsigned)).toString('hex');
  return { payload, blockHeight, proof: { ...unsigned, signature: draft.proof?.signature ?? signature } };
}
