import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PocketRpcClient } from '#libs/ledger';
import {
  type DispatchAnswer,
  type KeyPair,
  type RelayAnswer,
  type RelayPayload,
  type RelayProof,
  decodeRelayAnswer,
  drawSessionNodes,
  encodeChallenge,
  generateKeyPair,
  keyPairFromSeed,
  makeAat,
  relayProofHash,
  relayProofJson,
  requestHashHex,
  sessionBlockHashHex,
  sessionKeyHex,
  signBytes,
  signTransaction,
  sortByAddress,
  verifyRelayResponse,
} from '#libs/protocol';
import { createLogger } from '#libs/telemetry';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readDevnetConfig } from '../../apps/devnet/src/config.js';
import { type Devnet, startDevnet } from '../../apps/devnet/src/devnet.js';
import { createDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

const CHAIN = '0021';
/** Served by a chain of the test's own. */
const ODD_CHAIN = '0040';
const treasury = keyPairFromSeed(Buffer.alloc(32, 0x51));
const settler = keyPairFromSeed(Buffer.alloc(32, 0x52));
const application = keyPairFromSeed(Buffer.alloc(32, 0x53));
const client = keyPairFromSeed(Buffer.alloc(32, 0x54));

let directory: string;
let oddChain: Server;
let oddAnswer: Buffer | null = null;
let environment: Record<string, string>;
let devnet: Devnet;
let rpc: PocketRpcClient;
let entropy = 0n;

/** Blocks come on demand alone, so each test states the height it is about. */
async function start(): Promise<void> {
  devnet = await startDevnet(readDevnetConfig(environment), createLogger({ app: 'devnet-test', level: 'silent' }));
  rpc = new PocketRpcClient({ urls: [devnet.url], timeoutMs: 10_000 });
}

async function post(url: string, body: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

/** The answer of a JSON call to the extension namespace. */
async function control(method: string, path: string, body: object): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${devnet.url}/v1/devnet/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

async function blocks(count: number): Promise<void> {
  expect(await control('POST', 'blocks', { count })).toMatchObject({ status: 200 });
}

/** The first of `count` free ports in a row, below the range that the system gives to connections. */
async function freePorts(count: number): Promise<number> {
  for (let first = 20_000 + (process.pid % 100) * count; ; first += count) {
    const servers = await Promise.allSettled(
      Array.from({ length: count }, (_, index) => {
        const server = createServer();
        return new Promise<Server>((resolve, reject) => {
          server.once('error', reject);
          server.listen(first + index, '127.0.0.1', () => resolve(server));
        });
      }),
    );
    const bound = servers.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    await Promise.all(bound.map((server) => new Promise((closed) => server.close(closed))));
    if (bound.length === count) return first;
  }
}

/** On to the first block of the next session. */
async function nextSession(): Promise<void> {
  const { view } = devnet.network;
  await devnet.network.produceBlocks(view.sessionHeight + view.parameters.blocksPerSession - view.height);
}

async function submit(signer: KeyPair, message: Parameters<typeof signTransaction>[0]['message']): Promise<void> {
  entropy += 1n;
  const { bytes } = signTransaction({ message, chainId: 'localnet', feeUpokt: 10_000n, memo: '', entropy, signer });
  const submitted = await rpc.submitTransaction(signer.addressHex, bytes);
  expect(submitted).toMatchObject({ code: 0 });
  await devnet.network.produceBlocks(1);
  expect(await rpc.transaction(submitted.txHash)).toMatchObject({ code: 0, log: expect.any(String) as string });
}

async function stakeApplication(key: KeyPair, stakeUpokt: bigint, chains: string[]): Promise<void> {
  await submit(treasury, {
    type: 'pos/Send',
    value: { fromAddressHex: treasury.addressHex, toAddressHex: key.addressHex, amountUpokt: stakeUpokt + 10_000n },
  });
  await submit(key, {
    type: 'apps/MsgAppStake',
    value: { publicKeyHex: key.publicKeyHex, chains, valueUpokt: stakeUpokt },
  });
}

interface RelayOptions {
  readonly node?: DispatchAnswer['session']['nodes'][number];
  readonly application?: KeyPair;
  readonly signer?: KeyPair;
  readonly payload?: Partial<RelayPayload>;
  readonly proof?: Partial<RelayProof>;
  readonly blockHeight?: number;
  readonly session?: DispatchAnswer;
}

/** Sends one relay and returns what the node answered, with the proof hash. */
async function relay(options: RelayOptions = {}): Promise<{
  answer: RelayAnswer;
  proof: RelayProof;
  proofHashHex: string;
  body: string;
}> {
  const owner = options.application ?? application;
  const session = options.session ?? (await rpc.dispatch(owner.publicKeyHex, CHAIN));
  const node = options.node ?? session.session.nodes[0]!;
  entropy += 1n;
  const payload: RelayPayload = {
    data: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
    method: 'POST',
    path: '',
    headers: null,
    ...options.payload,
  };
  const blockHeight = options.blockHeight ?? session.block_height;
  const unsigned: RelayProof = {
    request_hash: requestHashHex(payload, blockHeight),
    entropy,
    session_block_height: session.session.header.session_height,
    servicer_pub_key: node.public_key,
    blockchain: CHAIN,
    aat: makeAat(owner, client.publicKeyHex),
    signature: '',
    ...options.proof,
  };
  const hash = relayProofHash(unsigned);
  const proof: RelayProof = { ...unsigned, signature: signBytes(options.signer ?? client, hash).toString('hex') };
  const body = `{"payload":${JSON.stringify(payload)},"meta":{"block_height":${blockHeight}},"proof":${relayProofJson(proof)}}`;
  const response = await fetch(`${node.service_url}/v1/client/relay`, { method: 'POST', body });
  const answer = decodeRelayAnswer(response.status, Buffer.from(await response.arrayBuffer()));
  return { answer, proof, proofHashHex: hash.toString('hex'), body };
}

async function codeOf(options: RelayOptions): Promise<number> {
  const { answer } = await relay(options);
  if (answer.kind === 'malformed') throw new Error(answer.reason);
  return answer.kind === 'success' ? 0 : answer.code;
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'portal-devnet-'));
  oddChain = createHttpServer((request, response) => {
    request.resume();
    if (oddAnswer === null) request.socket.resetAndDestroy();
    else response.end(oddAnswer);
  });
  await new Promise<void>((resolve) => oddChain.listen(0, '127.0.0.1', resolve));
  environment = {
    DATABASE_URL: await createDatabase(),
    DEVNET_PORT: '0',
    DEVNET_METRICS_PORT: '0',
    DEVNET_NODE_PORT_BASE: '0',
    DEVNET_DIR: directory,
    BLOCK_TIME_MS: '86400000',
    DEVNET_CHAINS: `${ODD_CHAIN}=http://127.0.0.1:${(oddChain.address() as AddressInfo).port}`,
    SETTLER_PUBLIC_KEY: settler.publicKeyHex,
    TREASURY_ADDRESS: treasury.addressHex,
  };
  await start();
  await stakeApplication(application, 25_000_000_000n, [CHAIN]);
  await nextSession();
});

afterAll(async () => {
  await devnet?.stop();
  await new Promise((closed) => oddChain.close(closed));
  rmSync(directory, { recursive: true, force: true });
});

afterEach(async () => {
  await fetch(`${devnet.url}/v1/devnet/faults`, { method: 'DELETE' });
});

describe('the devnet', () => {
  it('starts with 24 staked nodes, a funded treasury and the genesis parameters', async () => {
    const nodes = await rpc.nodes({ chain: CHAIN });
    expect(nodes).toHaveLength(24);
    expect(new Set(nodes.map((node) => node.stakedUpokt))).toEqual(new Set([15_000_000_000n]));
    expect(new Set(nodes.map((node) => node.settlerPublicKeyHex))).toEqual(new Set([settler.publicKeyHex]));
    expect(await rpc.balanceUpokt(treasury.addressHex)).toBeGreaterThan(99_000_000_000_000n);
    expect(await rpc.parameters()).toMatchObject({ blocksPerSession: 4, sessionNodeCount: 5, baseRelaysPerPOKT: 167n });
    expect(await rpc.application(application.addressHex)).toMatchObject({ maxRelays: 41_750n, status: 2 });
  });

  it('answers a relay with the chain’s own answer, signed by the node', async () => {
    const { session } = await rpc.dispatch(application.publicKeyHex, CHAIN);
    for (const node of session.nodes) {
      const { answer, proofHashHex } = await relay({ node });
      if (answer.kind !== 'success') throw new Error(JSON.stringify(answer));
      expect(JSON.parse(answer.response)).toEqual({ jsonrpc: '2.0', id: 1, result: '0x7a69' });
      expect(
        verifyRelayResponse({
          servicerPublicKeyHex: node.public_key,
          proofHashHex,
          response: answer.response,
          signatureHex: answer.signatureHex,
        }),
      ).toBe(true);
    }
  });

  it('dispatches a session that anybody can recompute from the block and the nodes', async () => {
    const { session } = await rpc.dispatch(application.publicKeyHex, CHAIN);
    const height = session.header.session_height;
    const block = await rpc.block(height);
    const key = sessionKeyHex(application.publicKeyHex, CHAIN, sessionBlockHashHex(block!));
    const candidates = sortByAddress(await rpc.nodes({ chain: CHAIN, height, status: 2 }), (node) => node.addressHex);
    const drawn = drawSessionNodes({ sessionKeyHex: key, candidates, count: 5, isEligible: (node) => !node.jailed });
    expect(session.key).toBe(Buffer.from(key, 'hex').toString('base64'));
    expect(session.nodes.map((node) => node.address)).toEqual(drawn.map((node) => node.addressHex));
  });

  it('refuses with the protocol’s codes', async () => {
    const { session } = await rpc.dispatch(application.publicKeyHex, CHAIN);
    const members = new Set(session.nodes.map((node) => node.public_key));
    const outsider = (await rpc.nodes()).find((node) => !members.has(node.publicKeyHex))!;
    const elsewhere = {
      ...session.nodes[0]!,
      public_key: outsider.publicKeyHex,
      service_url: outsider.serviceUrl,
    };
    const stranger = generateKeyPair();
    expect(await codeOf({ proof: { session_block_height: session.header.session_height + 4 } })).toBe(60);
    expect(await codeOf({ payload: { data: '' } })).toBe(25);
    expect(await codeOf({ blockHeight: 1_000 })).toBe(75);
    expect(await codeOf({ proof: { request_hash: '00'.repeat(32) } })).toBe(74);
    expect(await codeOf({ proof: { blockchain: '0099' } })).toBe(26);
    expect(await codeOf({ application: stranger, session: await rpc.dispatch(stranger.publicKeyHex, CHAIN) })).toBe(45);
    expect(await codeOf({ proof: { entropy: -1n } })).toBe(29);
    expect(await codeOf({ proof: { aat: { ...makeAat(application, client.publicKeyHex), signature: '00' } } })).toBe(4);
    expect(await codeOf({ signer: stranger })).toBe(41);
    expect(await codeOf({ proof: { servicer_pub_key: session.nodes[1]!.public_key } })).toBe(34);
    expect(await codeOf({ node: elsewhere })).toBe(14);
    const { body } = await relay();
    const again = await post(`${session.nodes[0]!.service_url}/v1/client/relay`, body);
    expect(again.status).toBe(400);
    expect(JSON.parse(again.text)).toEqual({
      dispatch: null,
      error: { code: 37, codespace: 'pocketcore', message: expect.stringContaining('already found') as string },
    });
  });

  it('sends a fresh dispatch with a refusal that a new session explains', async () => {
    const { answer } = await relay({ proof: { session_block_height: 1 } });
    const fresh = await rpc.dispatch(application.publicKeyHex, CHAIN);
    expect(answer).toMatchObject({ kind: 'refused', code: 60, dispatch: { session: { key: fresh.session.key } } });
  });

  it('answers a body that is not a relay without a code', async () => {
    const { session } = await rpc.dispatch(application.publicKeyHex, CHAIN);
    const broken = await post(`${session.nodes[0]!.service_url}/v1/client/relay`, '{"payload":');
    expect(broken.status).toBe(400);
    expect(JSON.parse(broken.text)).toEqual({ dispatch: null, error: { Offset: expect.any(Number) as number } });
    const mistyped = await post(`${session.nodes[0]!.service_url}/v1/client/relay`, '{"payload":{"data":5}}');
    expect(JSON.parse(mistyped.text)).toMatchObject({ error: { Field: expect.stringContaining('data') as string } });
  });

  it('serves an application to its allowance, not a relay more, and seals', async () => {
    const small = generateKeyPair();
    await stakeApplication(small, 12_000_000n, [CHAIN]);
    await nextSession();
    const session = await rpc.dispatch(small.publicKeyHex, CHAIN);
    const [node, other] = session.session.nodes;
    // 12 POKT at 1.67 relays each buy 20; a fifth of them is each node's.
    const offered = await Promise.all(
      Array.from({ length: 10 }, () => relay({ application: small, session, node: node! })),
    );
    const codes = offered
      .map(({ answer }) => (answer.kind === 'refused' ? answer.code : 0))
      .sort((left, right) => left - right);
    expect(codes).toEqual([0, 0, 0, 0, 90, 90, 90, 90, 90, 90]);
    expect(await codeOf({ application: small, session, node: other! })).toBe(0);
    const oracle = (await (await fetch(`${devnet.url}/v1/devnet/oracle?application=${small.publicKeyHex}`)).json()) as {
      counts: Array<{ nodeAddress: string; proofs: number; answered: number }>;
    };
    const byAddress = new Map(oracle.counts.map((count) => [count.nodeAddress, count]));
    expect(byAddress.get(node!.address)).toMatchObject({ proofs: 4, answered: 4 });
    expect(byAddress.get(other!.address)).toMatchObject({ proofs: 1, answered: 1 });
  });

  it('turns the session at its last block and not before', async () => {
    await nextSession();
    const session = await rpc.dispatch(application.publicKeyHex, CHAIN);
    await blocks(3);
    expect((await rpc.dispatch(application.publicKeyHex, CHAIN)).session.key).toBe(session.session.key);
    expect(await codeOf({ session })).toBe(0);
    await blocks(1);
    const { answer } = await relay({ session });
    expect(answer).toMatchObject({ kind: 'refused', code: 60 });
    expect(await codeOf({})).toBe(0);
  });

  it('signs an answer with broken bytes so that a client can verify it, and counts a chain that fails', async () => {
    const odd = generateKeyPair();
    await stakeApplication(odd, 100_000_000n, [ODD_CHAIN]);
    await nextSession();
    const session = await rpc.dispatch(odd.publicKeyHex, ODD_CHAIN);
    const options = { application: odd, session, proof: { blockchain: ODD_CHAIN } };
    oddAnswer = Buffer.from([0x61, 0xff, 0x62]);
    const { answer, proofHashHex } = await relay(options);
    const { response, signatureHex } = answer as { response: string; signatureHex: string };
    expect(response).toBe('a\ufffdb');
    const servicerPublicKeyHex = session.session.nodes[0]!.public_key;
    expect(verifyRelayResponse({ servicerPublicKeyHex, proofHashHex, response, signatureHex })).toBe(true);
    oddAnswer = null;
    expect(await codeOf(options)).toBe(28);
    const counts = devnet.network.oracle.counts({ applicationPublicKey: odd.publicKeyHex });
    expect(counts).toMatchObject([{ proofs: 2, answered: 1, failed: 1 }]);
  });

  it('stores a challenge of a lying node at a member of the session and refuses it elsewhere with 83', async () => {
    await nextSession();
    const session = await rpc.dispatch(application.publicKeyHex, CHAIN);
    const [first, second, liar] = session.session.nodes;
    const summary = (await (await fetch(`${devnet.url}/v1/devnet/summary`)).json()) as {
      nodes: Array<{ node: number; address: string }>;
    };
    const number = summary.nodes.find(({ address }) => address === liar!.address)!.node;
    await control('PUT', 'faults', { rules: [{ nodes: [number], behaviour: { lying: true } }] });
    const responses = [];
    for (const node of [first!, second!, liar!]) {
      const { answer, proof } = await relay({ session, node });
      const { response, signatureHex } = answer as { response: string; signatureHex: string };
      responses.push({ response, signature: signatureHex, proof });
    }
    const body = encodeChallenge({
      majorityResponses: [responses[0]!, responses[1]!],
      minorityResponse: responses[2]!,
      reportersAddressHex: client.addressHex,
    }).toString();
    const stored = await post(`${first!.service_url}/v1/client/challenge`, body);
    expect([stored.status, stored.text]).toEqual([200, expect.stringContaining(liar!.public_key) as string]);
    const members = new Set(session.session.nodes.map((node) => node.address));
    const outsider = summary.nodes.find(({ address }) => !members.has(address))!.node;
    const refused = await post(`${devnet.network.serviceUrl(outsider)}/v1/client/challenge`, body);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('Code: 83') as string]);
  });

  it('speaks pocket-core’s RPC where the client library does not look', async () => {
    const version = await fetch(`${devnet.url}/v1`);
    expect(await version.json()).toBe('RC-0.12.0');
    const wrong = await fetch(`${devnet.url}/v1/query/height`);
    expect([wrong.status, (await wrong.text()).trim()]).toEqual([405, 'Method Not Allowed']);
    const height = devnet.network.view.height;
    expect(JSON.parse((await post(`${devnet.url}/v1/query/height`, '')).text)).toEqual({ height });
    const missing = await post(`${devnet.url}/v1/query/app`, { address: '00'.repeat(20) });
    expect(missing.status).toBe(400);
    expect(JSON.parse(missing.text)).toMatchObject({
      code: 400,
      message: expect.stringContaining('Code: 101') as string,
    });
    const chains = await post(`${devnet.url}/v1/query/supportedchains`, {});
    expect(JSON.parse(JSON.parse(chains.text) as string)).toEqual([CHAIN, ODD_CHAIN]);
    const parameter = await post(`${devnet.url}/v1/query/param`, { key: 'pocketcore/SessionNodeCount' });
    expect(JSON.parse(parameter.text)).toEqual({ param_key: 'pocketcore/SessionNodeCount', param_value: '5' });
    const pos = JSON.parse((await post(`${devnet.url}/v1/query/nodeparams`, {})).text) as Record<string, unknown>;
    expect(pos).toMatchObject({
      session_block_frequency: '4',
      relays_to_tokens_multiplier: '10000',
      stake_denom: 'upokt',
    });
    const nodeUrl = devnet.network.serviceUrl(7);
    expect(JSON.parse((await post(`${nodeUrl}/v1/query/height`, '')).text)).toEqual({ height });
    const preflight = await fetch(`${nodeUrl}/v1/client/relay`, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect((await fetch(`${nodeUrl}/v1/client/relay`)).status).toBe(405);
    const few = await post(`${nodeUrl}/v1/client/dispatch`, {
      app_public_key: application.publicKeyHex,
      chain: '0099',
    });
    expect([few.status, few.text]).toEqual([400, expect.stringContaining('Code: 17') as string]);
    const sent = await post(`${devnet.url}/v1/query/accounttxs`, { address: treasury.addressHex });
    const listed = JSON.parse(sent.text) as { total_txs: number; txs: Array<{ stdTx: { msg: { type: string } } }> };
    expect(listed.total_txs).toBeGreaterThan(0);
    expect(listed.txs[0]?.stdTx.msg.type).toBe('pos/Send');
  });
});

describe('a node with a scripted fault', () => {
  const install = async (behaviour: object): Promise<void> => {
    expect(await control('PUT', 'faults', { rules: [{ nodes: 'all', behaviour }] })).toMatchObject({ status: 200 });
  };
  const answerTo = async (): Promise<{ answer: RelayAnswer; verified: boolean }> => {
    const session = await rpc.dispatch(application.publicKeyHex, CHAIN);
    const node = session.session.nodes[0]!;
    const { answer, proofHashHex } = await relay({ session, node });
    const verified =
      answer.kind === 'success' &&
      verifyRelayResponse({
        servicerPublicKeyHex: node.public_key,
        proofHashHex,
        response: answer.response,
        signatureHex: answer.signatureHex,
      });
    return { answer, verified };
  };

  it.each([
    [{ lying: true }, '0x7a61', 1],
    [{ wrongChain: true }, '0x38', 1],
    [{ wrongId: true }, '0x7a69', 2],
    [{ nullResult: true }, null, 1],
  ])('%j gives a changed answer under a good signature', async (behaviour, result, id) => {
    await install(behaviour);
    const { answer, verified } = await answerTo();
    expect(verified).toBe(true);
    expect(JSON.parse((answer as { response: string }).response)).toEqual({ jsonrpc: '2.0', id, result });
  });

  it('badSignature gives the true answer under a signature that does not verify', async () => {
    await install({ badSignature: true });
    const { answer, verified } = await answerTo();
    expect([answer.kind, verified]).toEqual(['success', false]);
  });

  it.each([
    [{ exhausted: true }, 90],
    [{ sessionConfusion: 14 }, 14],
    [{ sessionConfusion: 60 }, 60],
    [{ errorCode: 28 }, 28],
    [{ heightSkewBlocks: 11 }, 75],
    [{ syncing: true }, 0],
  ])('%j refuses with %i', async (behaviour, code) => {
    await install(behaviour);
    expect((await answerTo()).answer).toMatchObject({ kind: 'refused', code });
  });

  it.each([{ html: 'node' }, { truncate: 'body' }])(
    '%j answers 200 with what is not an envelope',
    async (behaviour) => {
      await install(behaviour);
      expect((await answerTo()).answer.kind).toBe('malformed');
    },
  );

  it.each([{ drop: true }, { truncate: 'transport' }])('%j breaks the connection', async (behaviour) => {
    const session = await rpc.dispatch(application.publicKeyHex, CHAIN);
    await install(behaviour);
    await expect(relay({ session })).rejects.toThrow(/fetch failed|terminated/);
  });

  it('staleBlocks answers from so many blocks ago', async () => {
    await post(devnet.network.chainUrl, { jsonrpc: '2.0', id: 1, method: 'anvil_mine', params: ['0x14'] });
    const ask = async (method: string, params: unknown[]): Promise<unknown> => {
      const { answer } = await relay({ payload: { data: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) } });
      return (JSON.parse((answer as { response: string }).response) as { result: unknown }).result;
    };
    const newest = Number(await ask('eth_blockNumber', []));
    await install({ staleBlocks: 7 });
    expect(Number(await ask('eth_blockNumber', []))).toBe(newest - 7);
    const block = (await ask('eth_getBlockByNumber', ['latest', false])) as { number: string };
    expect(Number(block.number)).toBe(newest - 7);
  });

  it('oversizedBytes and signed HTML arrive under a good signature', async () => {
    await install({ oversizedBytes: 2_000_000 });
    const large = await answerTo();
    expect(large.verified).toBe(true);
    expect((large.answer as { response: string }).response.length).toBeGreaterThan(2_000_000);
    await install({ html: 'chain' });
    const html = await answerTo();
    expect([html.verified, (html.answer as { response: string }).response]).toEqual([
      true,
      expect.stringMatching(/^<html>/) as string,
    ]);
  });

  it('strikes only the method it names', async () => {
    const rule = { nodes: 'all', methods: ['eth_gasPrice'], behaviour: { exhausted: true } };
    await control('PUT', 'faults', { rules: [rule] });
    expect((await answerTo()).verified).toBe(true);
    const data = '{"jsonrpc":"2.0","id":1,"method":"eth_gasPrice","params":[]}';
    expect(await codeOf({ payload: { data } })).toBe(90);
  });

  it('gzipBombBytes unpacks to the size asked for', async () => {
    const session = await rpc.dispatch(application.publicKeyHex, CHAIN);
    await install({ gzipBombBytes: 3_000_000 });
    const { answer } = await relay({ session });
    expect(answer.kind).toBe('success');
    const node = session.session.nodes[0]!;
    const raw = await fetch(`${node.service_url}/v1/client/relay`, { method: 'POST', body: '{}' });
    expect((await raw.arrayBuffer()).byteLength).toBe(3_000_000);
  });

  it('drip and latency delay the answer without changing it', async () => {
    const session = await rpc.dispatch(application.publicKeyHex, CHAIN);
    await install({ latencyMs: 120, drip: { chunkBytes: 100, everyMs: 20 } });
    const started = performance.now();
    const { answer } = await relay({ session });
    expect(answer.kind).toBe('success');
    expect(performance.now() - started).toBeGreaterThan(150);
  });

  it('refuses a script that names a node or a behaviour there is not', async () => {
    for (const rule of [
      { nodes: [24], behaviour: { drop: true } },
      { nodes: 'all', behaviour: { dropp: true } },
    ]) {
      expect(await control('PUT', 'faults', { rules: [rule] })).toMatchObject({ status: 400 });
    }
  });
});

describe('a restart', () => {
  it('keeps the ledger, the nodes, the EVM chain, the counts and the evidence', async () => {
    const call = async (method: string, params: unknown[] = []): Promise<unknown> => {
      const { text } = await post(devnet.network.chainUrl, { jsonrpc: '2.0', id: 1, method, params });
      return (JSON.parse(text) as { result: unknown }).result;
    };
    await call('evm_mine');
    const { body } = await relay();
    const session = await rpc.dispatch(application.publicKeyHex, CHAIN);
    const before = {
      height: devnet.network.view.height,
      evmHeight: await call('eth_blockNumber'),
      counts: devnet.network.oracle.totals(),
      session: session.session,
    };
    await devnet.stop();
    await start();
    expect(devnet.network.view.height).toBe(before.height);
    expect(Number(before.evmHeight)).toBeGreaterThan(0);
    expect(await call('eth_blockNumber')).toBe(before.evmHeight);
    expect(devnet.network.oracle.totals()).toEqual(before.counts);
    expect((await rpc.dispatch(application.publicKeyHex, CHAIN)).session).toEqual(before.session);
    const again = await post(`${session.session.nodes[0]!.service_url}/v1/client/relay`, body);
    expect(JSON.parse(again.text)).toMatchObject({ error: { code: 37 } });
    await blocks(1);
    expect(devnet.network.view.height).toBe(before.height + 1);
  });

  it('on other ports announces them, and dispatch gives them from the next session on', async () => {
    const free = await freePorts(24);
    await devnet.stop();
    environment['DEVNET_NODE_PORT_BASE'] = String(free);
    environment['DEVNET_NODES'] = '24';
    await start();
    await nextSession();
    const { session } = await rpc.dispatch(application.publicKeyHex, CHAIN);
    for (const node of session.nodes) {
      const port = Number(new URL(node.service_url).port);
      expect(port).toBeGreaterThanOrEqual(free);
      expect(port).toBeLessThan(free + 24);
    }
    expect(await codeOf({})).toBe(0);
  });

  it('of Anvil, which crashed, happens by itself at the same URL', async () => {
    const { pid } = devnet.network.anvil!;
    process.kill(pid, 'SIGKILL');
    await waitFor('another Anvil', () => devnet.network.anvil!.pid !== pid);
    expect(await codeOf({})).toBe(0);
  });

  it('on a state file of Anvil that was cut off sets it aside and begins a new EVM chain', async () => {
    await devnet.stop();
    writeFileSync(join(directory, 'anvil.json'), '{"block":{"num');
    await start();
    expect(existsSync(join(directory, 'anvil.json.broken'))).toBe(true);
    expect(await codeOf({})).toBe(0);
  });

  it('names the port that is in use and the variable that moves it, and leaves nothing running', async () => {
    await devnet.stop();
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const attempt = startDevnet(
      readDevnetConfig({ ...environment, DEVNET_PORT: String(port) }),
      createLogger({ app: 'devnet-test', level: 'silent' }),
    );
    await expect(attempt).rejects.toThrow(`port ${port} is in use; DEVNET_PORT moves it`);
    await new Promise((resolve) => taken.close(resolve));
    await start();
    expect(await codeOf({})).toBe(0);
  });
});
