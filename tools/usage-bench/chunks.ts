import { createHash } from 'node:crypto';
import { type Receipt, encodeChunk } from '#libs/receipts';

/** Receipts of a chunk: what fits the journal's 512 KiB. */
export const CHUNK_RECEIPTS = 1_950;

const TENANTS = 50;
const METHODS = [
  'eth_call',
  'eth_blockNumber',
  'eth_getBalance',
  'eth_getLogs',
  'eth_chainId',
  'eth_getTransactionReceipt',
];
const CHAINS = ['0021', '0009', '0003'];
const NODES = 24;
const PURPOSES = ['retry', 'hedge', 'quorum', 'probe'] as const;

const uuid = (kind: number, number: number): string =>
  `00000000-0000-4000-800${kind}-${number.toString(16).padStart(12, '0')}`;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const publicKey = (text: string): string => digest(text).toString('hex');

/** A chunk ready for the queue. */
export interface PreparedChunk {
  readonly chunkId: string;
  readonly bytes: Buffer;
}

/**
 * A chunk as a gateway's journal seals it: relays of 50 tenants, the largest of which makes a third of them, with two endpoints and four keys each,
 * three chains and six methods, at 24 nodes a session; of twenty relays one is no client's. Signatures are made up and marked as
 * verified by the gateway, so that the worker does not verify them again.
 */
export function prepareChunk(sequence: number): PreparedChunk {
  const receipts = Array.from({ length: CHUNK_RECEIPTS }, (_, index) => receiptOf(sequence * CHUNK_RECEIPTS + index));
  return encodeChunk(receipts, { sequence, createdAtMs: 1_795_219_200_000, instanceId: 'usage-bench' });
}

/** Sessions are objects that many receipts share, as in a gateway. */
const sessions = new Map<string, Receipt['session']>();

function sessionOf(tenant: number, chain: string): Receipt['session'] {
  const key = `${tenant}/${chain}`;
  let session = sessions.get(key);
  if (session === undefined) {
    const applicationPublicKeyHex = publicKey(`application ${tenant}`);
    session = {
      applicationPublicKeyHex,
      chain,
      sessionHeight: 1,
      aat: {
        version: '0.0.1',
        app_pub_key: applicationPublicKeyHex,
        client_pub_key: publicKey('client'),
        signature: digest(key).toString('hex').repeat(2),
      },
    };
    sessions.set(key, session);
  }
  return session;
}

const nodes = new Map<string, string>();

function nodeOf(chain: string, number: number): string {
  const name = `node ${chain} ${number}`;
  let key = nodes.get(name);
  if (key === undefined) nodes.set(name, (key = publicKey(name)));
  return key;
}

function receiptOf(relay: number): Receipt {
  const hash = digest(String(relay));
  // Few tenants, chains and methods make most of the traffic: each draw is skewed towards the first ones.
  const draw = (byte: number, count: number, skew: number): number => Math.floor(count * (hash[byte]! / 256) ** skew);
  const tenant = draw(0, TENANTS, 4);
  const chain = CHAINS[draw(1, CHAINS.length, 3)]!;
  const mixed = hash.readUInt32LE(4);
  const signature = Buffer.concat([hash, hash]);
  const purpose = relay % 20 === 0 ? PURPOSES[(relay / 20) % PURPOSES.length]! : 'client';
  return {
    requestId: relay.toString(16).padStart(32, '0'),
    tenantId: uuid(1, tenant),
    endpointId: uuid(2, tenant * 2 + (mixed % 2)),
    keyId: uuid(4, tenant * 4 + (mixed % 4)),
    applicationId: uuid(3, tenant),
    chain,
    method: METHODS[draw(2, METHODS.length, 3)]!,
    day: '2026-11-21',
    answeredAtMs: 1_795_219_200_000 + relay / 50,
    durationUs: 500 + (mixed % 90_000),
    bytesIn: 80 + (mixed % 200),
    bytesOut: 60 + (mixed % 5_000),
    purpose,
    billable: purpose === 'client',
    rpcError: mixed % 100 === 0,
    session: sessionOf(tenant, chain),
    nodePublicKeyHex: nodeOf(chain, draw(3, NODES, 1)),
    entropy: BigInt(relay) * 7_919n,
    requestHash: hash,
    clientSignature: signature,
    responseHash: hash,
    responseHashEscaped: null,
    nodeSignature: signature,
    verified: true,
  };
}
