import { createRequire } from 'node:module';
import { createDataSource } from '#libs/persistence';
import { type KeyPair, createRelayFactory, makeAat, relayResponseHash } from '#libs/protocol';
import { type Receipt, encodeChunk } from '#libs/receipts';
import { storeChunk } from '#libs/usage';
import { CHAIN, SESSION_HEIGHT, keyOf, nodeKeys, openLedger } from '../network.js';

/** Receipts of a chunk: what fits the journal's 512 KiB. */
const CHUNK_RECEIPTS = 1_950;

const ENDPOINTS = 20;
const METHODS = ['eth_call', 'eth_blockNumber', 'eth_getBalance', 'eth_getLogs'];

interface Sodium {
  crypto_sign_detached(signature: Buffer, message: Buffer, secretKey: Buffer): void;
}

const sodium = createRequire(import.meta.url)('sodium-native') as Sodium;

function signer(key: KeyPair): (message: Buffer) => Buffer {
  const secret = Buffer.from(key.privateKeyHex, 'hex');
  return (message) => {
    const signature = Buffer.alloc(64);
    sodium.crypto_sign_detached(signature, message, secret);
    return signature;
  };
}

const uuid = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** Receipts of relays that are signed for real, by client and node, in the order of a gateway's traffic. */
function* relays(first: number, count: number): Generator<Receipt> {
  const client = keyOf('client');
  const application = keyOf('application');
  const aat = makeAat(application, client.publicKeyHex);
  const session = {
    applicationPublicKeyHex: application.publicKeyHex,
    chain: CHAIN,
    sessionHeight: SESSION_HEIGHT,
    aat,
  };
  const signAsClient = signer(client);
  const nodes = nodeKeys().map((key) => ({
    key,
    sign: signer(key),
    factory: createRelayFactory({
      aat,
      chain: CHAIN,
      sessionHeight: SESSION_HEIGHT,
      servicerPublicKeyHex: key.publicKeyHex,
    }),
  }));
  for (let relay = first; relay < first + count; relay += 1) {
    const { key, sign, factory } = nodes[relay % nodes.length]!;
    const entropy = BigInt(relay) * 7_919n;
    const payload = { data: `{"id":${relay}}`, method: 'POST', path: '', headers: null };
    const draft = factory.draft(payload, SESSION_HEIGHT, entropy);
    const responseHash = relayResponseHash(`{"result":${relay}}`, draft.proofHash.toString('hex'));
    const endpoint = relay % ENDPOINTS;
    yield {
      requestId: relay.toString(16).padStart(32, '0'),
      tenantId: uuid(1_000 + endpoint),
      endpointId: uuid(2_000 + endpoint),
      keyId: uuid(3_000 + endpoint),
      applicationId: uuid(1),
      chain: 'eth-mainnet',
      method: METHODS[relay % METHODS.length]!,
      day: '2026-11-21',
      answeredAtMs: 1_795_219_200_000 + relay / 10,
      durationUs: 900,
      bytesIn: 100,
      bytesOut: 200,
      purpose: 'client',
      billable: true,
      rpcError: false,
      session,
      nodePublicKeyHex: key.publicKeyHex,
      entropy,
      requestHash: Buffer.from(draft.requestHashHex, 'hex'),
      clientSignature: signAsClient(draft.proofHash),
      responseHash,
      responseHashEscaped: null,
      nodeSignature: sign(responseHash),
      verified: false,
    };
  }
}

const [url = '', total = '0', part = '0', parts = '1'] = process.argv.slice(2);
const dataSource = await createDataSource({ url });
if (part === '0') await (await openLedger(dataSource)).close();
const chunks = Math.ceil(Number(total) / CHUNK_RECEIPTS);
for (let chunk = Number(part); chunk < chunks; chunk += Number(parts)) {
  const first = chunk * CHUNK_RECEIPTS;
  const receipts = [...relays(first, Math.min(CHUNK_RECEIPTS, Number(total) - first))];
  const { chunkId, bytes } = encodeChunk(receipts, {
    sequence: chunk,
    createdAtMs: 1_795_219_200_000,
    instanceId: 'settle-bench',
  });
  await storeChunk(dataSource, chunkId, bytes, receipts);
}
await dataSource.destroy();
