import { mkdirSync, readFileSync } from 'node:fs';
import { DEFAULT_FRAME_LIMITS, idBytes, nodeRequestText, scanFrame, spliceId } from '#libs/jsonrpc';
import { type Aat, createRelayFactory, generateKeyPair, makeAat, relayResponseHash, signBytes } from '#libs/protocol';
import { queueConnection } from '#libs/queues';
import { RedisDailyLimiter } from '#libs/quota';
import { Journal, type Receipt } from '#libs/receipts';
import {
  NodeScores,
  NodeSelector,
  type Session,
  SessionNode,
  SignatureGatherer,
  createEntropySource,
  judgeAnswer,
  readEnvelope,
} from '#libs/relaying';
import { createChainCatalogue } from '#libs/chains';
import { SnapshotStore } from '#libs/tenancy';
import { Authoriser } from '../../../apps/gateway/src/relay/authorise.js';
import { CALL } from '../measure.js';
import type { Stage } from '../stages-table.js';
import { median, percentile } from '../statistics.js';

/**
 * What each stage of a relay costs alone, so that a slower relay can be traced to its stage. Argument: a file with the addresses
 * as JSON; prints a list of {@link Stage}. Alone and warm: in the gateway a stage costs more, because it finds the caches cold.
 */
interface Settings {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly key: string;
  readonly pepper: string;
  readonly directory: string;
}

const ROUNDS = 21;
/** Relays of one event-loop turn under load. */
const TURN = 16;

const settings = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Settings;
const stages: Stage[] = [];

async function stage(
  name: string,
  times: number,
  call: (index: number) => unknown,
  note = '',
  each = 1,
): Promise<void> {
  const perCall: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const startedAt = performance.now();
    for (let index = 0; index < times; index += 1) {
      const result = call(round * times + index);
      if (result instanceof Promise) await result;
    }
    // The first round warms up.
    if (round > 0) perCall.push(((performance.now() - startedAt) * 1_000) / times / each);
  }
  stages.push({ name, us: median(perCall), lowUs: percentile(perCall, 0.1), highUs: percentile(perCall, 0.9), note });
}

mkdirSync(settings.directory, { recursive: true });
const redis = queueConnection(settings.redisUrl, 'producer', () => undefined);
const store = new SnapshotStore({ url: settings.databaseUrl, pepper: settings.pepper });
await store.start();
const limiter = new RedisDailyLimiter({ redis, instanceId: 'stages' });
const journal = await Journal.open({ directory: settings.directory });
const clientKey = generateKeyPair();
const application = generateKeyPair();
const aat: Aat = makeAat(application, clientKey.publicKeyHex);
const nodes = Array.from(
  { length: 24 },
  () => new SessionNode(generateKeyPair().publicKeyHex, 'http://127.0.0.1:1', 1e12),
);
const session: Session = {
  id: 'stages',
  application: {
    id: 'stages',
    publicKeyHex: application.publicKeyHex,
    addressHex: application.addressHex,
    credential: aat,
  },
  chain: '0021',
  startHeight: 1_001,
  endHeight: 1_004,
  minimumProofs: 0,
  nodes,
};
const authoriser = new Authoriser(store, createChainCatalogue(new Map()));
await authoriser.caller(settings.key, 'eth-mainnet');
const body = Buffer.from(CALL);
const frameOptions = { limits: DEFAULT_FRAME_LIMITS, versionOptional: false };
const frame = scanFrame(body, frameOptions);
if (frame.kind !== 'single') throw new Error(`the benchmark's call is a ${frame.kind}`);
const { call } = frame;
const scores = new NodeScores(() => performance.now());
const selector = new NodeSelector(scores, () => performance.now());
const entropy = createEntropySource();
const factory = createRelayFactory({
  aat,
  chain: '0021',
  sessionHeight: 1_001,
  servicerPublicKeyHex: nodes[0]?.id ?? '',
});
const draft = factory.draft({ data: CALL, method: 'POST', path: '', headers: null }, 1_001, 1n);
const gatherer = new SignatureGatherer(clientKey);
const signature = signBytes(clientKey, draft.proofHash);
const proofHashHex = draft.proofHash.toString('hex');
const response = '{"jsonrpc":"2.0","id":7,"result":"0x10d4f"}';
const envelope = Buffer.from(`{"response":${JSON.stringify(response)},"signature":"${'ab'.repeat(64)}"}`);
const good = judgeAnswer(response, { id: '7', versionOptional: false });
if (good.kind !== 'good' || good.scan === null) throw new Error("the benchmark's answer is not good");
const { bytes, scan } = good;
const receipt: Receipt = {
  requestId: 'ab'.repeat(16),
  tenantId: '0193a000-0000-7000-8000-000000000001',
  endpointId: '0193a000-0000-7000-8000-000000000002',
  keyId: '0193a000-0000-7000-8000-000000000003',
  applicationId: '0193a000-0000-7000-8000-000000000004',
  chain: 'eth-mainnet',
  method: 'eth_getBalance',
  day: '2026-11-21',
  answeredAtMs: 1_795_219_200_000,
  durationUs: 1_000,
  bytesIn: CALL.length,
  bytesOut: response.length,
  purpose: 'client',
  billable: true,
  rpcError: false,
  session: { applicationPublicKeyHex: application.publicKeyHex, chain: '0021', sessionHeight: 1_001, aat },
  nodePublicKeyHex: nodes[0]?.id ?? '',
  entropy: 1n,
  requestHash: Buffer.alloc(32, 1),
  clientSignature: signature,
  responseHash: Buffer.alloc(32, 2),
  responseHashEscaped: null,
  nodeSignature: Buffer.alloc(64, 3),
  verified: false,
};

await stage(
  'key look-up, policy',
  20_000,
  () => authoriser.caller(settings.key, 'eth-mainnet'),
  'key and chain known here',
);
await stage('frame scan', 20_000, () => scanFrame(body, frameOptions), `${body.length} bytes`);
await stage('admission', 20_000, () => limiter.admit('stages', 1, 400_000_000), 'leases from real Redis');
await stage('route', 20_000, () => selector.pick(session, null), 'of 24 nodes');
await stage('relay text', 20_000, () => nodeRequestText(body, call, '7'), 'our id in the place of the caller’s');
await stage(
  'request and proof hash',
  5_000,
  () => factory.draft({ data: CALL, method: 'POST', path: '', headers: null }, 1_001, entropy()),
  'SHA3-256 twice',
);
await stage(
  'sign',
  200,
  () => Promise.all(Array.from({ length: TURN }, () => gatherer.sign(draft.proofHash))),
  `libsodium, ${TURN} gathered in a turn`,
  TURN,
);
await stage('sign, node:crypto', 1_000, () => signBytes(clientKey, draft.proofHash), 'for comparison');
await stage('relay body', 10_000, () => draft.finish(signature));
await stage('envelope', 10_000, () => readEnvelope(200, envelope), "of the node's reply");
await stage('response hash', 10_000, () => relayResponseHash(response, proofHashHex), 'what the node signed');
await stage('judge the answer', 20_000, () => judgeAnswer(response, { id: '7', versionOptional: false }));
await stage('answer splice', 20_000, () => spliceId(bytes, scan.id, idBytes(body, call)), 'the caller’s id comes back');
await stage(
  'journal append and flush',
  200,
  () => {
    for (let index = 0; index < TURN; index += 1) journal.append(receipt);
    return journal.flushed();
  },
  `${TURN} receipts a turn, one write`,
  TURN,
);
process.stdout.write(`${JSON.stringify(stages)}\n`);
await Promise.all([journal.close(), limiter.drain(), store.stop()]);
redis.disconnect();
