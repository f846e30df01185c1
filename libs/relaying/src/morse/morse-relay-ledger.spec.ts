import { describe, expect, it } from 'vitest';
import {
  PocketErrorCode,
  decodeRelayRequest,
  encodeRelayError,
  encodeRelaySuccess,
  keyPairFromSeed,
  makeAat,
  pocketError,
  relayProofHash,
  signRelayResponse,
  verifySignature,
} from '#libs/protocol';
import { SessionNode, type Session } from '../port.js';
import { createEntropySource } from './entropy.js';
import { MorseRelayLedger } from './morse-relay-ledger.js';
import { readEnvelope } from './read-envelope.js';
import { SignatureGatherer } from './signature-gatherer.js';

const appKey = keyPairFromSeed(Buffer.alloc(32, 1));
const clientKey = keyPairFromSeed(Buffer.alloc(32, 2));
const nodeKey = keyPairFromSeed(Buffer.alloc(32, 3));
const node = new SessionNode(nodeKey.publicKeyHex, 'http://node', 100);
const session: Session = {
  id: 's',
  application: {
    id: 'a',
    publicKeyHex: appKey.publicKeyHex,
    addressHex: appKey.addressHex,
    credential: makeAat(appKey, clientKey.publicKeyHex),
  },
  chain: '0021',
  startHeight: 5,
  endHeight: 8,
  nodes: [node],
  minimumProofs: 10,
};
const ledger = (binding: 'sodium' | 'node' = 'sodium') =>
  new MorseRelayLedger({ clientKey, source: {} as never, heightPollMs: 1_000, binding });
const intent = { data: '{"jsonrpc":"2.0","id":1,"method":"m"}', httpMethod: 'POST', path: '', headers: null };

describe('MorseRelayLedger', () => {
  it.each(['sodium', 'node'] as const)('signs relays that a node accepts (%s)', async (binding) => {
    const prepared = await ledger(binding).prepare(session, node, intent);
    const { proof, payload } = decodeRelayRequest(prepared.body);
    expect(payload.data).toBe(intent.data);
    expect(proof).toMatchObject({
      servicer_pub_key: nodeKey.publicKeyHex,
      blockchain: '0021',
      session_block_height: 5,
    });
    expect(verifySignature(clientKey.publicKeyHex, relayProofHash(proof), Buffer.from(proof.signature, 'hex'))).toBe(
      true,
    );
  });

  it('signs nothing for a node whose allowance other gateways hold', async () => {
    const taken: unknown[] = [];
    const one = new MorseRelayLedger({
      clientKey,
      source: {} as never,
      heightPollMs: 1_000,
      allowance: {
        take: (...of) => {
          taken.push(of);
          return taken.length === 1 ? Promise.resolve(true) : false;
        },
      },
    });
    expect((await one.prepare(session, node, intent)).withheld).toBeUndefined();
    expect(await one.prepare(session, node, intent)).toMatchObject({ withheld: true, token: null });
    expect(taken).toEqual([
      ['s', node.id, 100],
      ['s', node.id, 100],
    ]);
  });

  it('never signs the same proof twice', async () => {
    const one = ledger();
    const relays = await Promise.all(Array.from({ length: 500 }, () => one.prepare(session, node, intent)));
    expect(new Set(relays.map((relay) => decodeRelayRequest(relay.body).proof.entropy)).size).toBe(500);
  });

  it('reads a success, and verifies that the node signed it for this relay', async () => {
    const one = ledger();
    const [prepared, other] = [await one.prepare(session, node, intent), await one.prepare(session, node, intent)];
    const response = '{"id":1,"jsonrpc":"2.0","result":"<é\\u2028>"}';
    const proofHash = relayProofHash(decodeRelayRequest(prepared.body).proof).toString('hex');
    const body = encodeRelaySuccess(response, signRelayResponse(nodeKey, response, proofHash));
    const verdict = one.read(prepared, 200, body);
    if (!verdict.ok) throw new Error(verdict.detail);
    expect(verdict.response).toBe(response);
    expect(one.verify(prepared, verdict.response, verdict.evidence)).toBe(true);
    const elsewhere = one.read(other, 200, body);
    expect(elsewhere.ok && one.verify(other, elsewhere.response, elsewhere.evidence)).toBe(false);
  });

  it.each([
    [PocketErrorCode.invalidBlockHeight, 'session_stale', 'new-session', false],
    [PocketErrorCode.invalidSession, 'session_stale', 'new-session', false],
    [PocketErrorCode.outOfSync, 'session_stale', 'same-node', false],
    [PocketErrorCode.evidenceSealed, 'exhausted', 'other-node', false],
    [PocketErrorCode.overService, 'exhausted', 'other-node', false],
    [PocketErrorCode.duplicateProof, 'local_fault', 'same-node', false],
    [PocketErrorCode.httpExecution, 'backend_error', 'other-node', true],
    [PocketErrorCode.chainNotHostedByNode, 'node_fault', 'other-node', false],
    [PocketErrorCode.invalidToken, 'auth_fault', 'other-application', false],
    [PocketErrorCode.applicationNotFound, 'auth_fault', 'other-application', false],
    [PocketErrorCode.emptyPayload, 'client_fault', 'none', false],
  ])('takes code %i for %s', async (code, error, retry, mayHaveRun) => {
    const one = ledger();
    const prepared = await one.prepare(session, node, intent);
    const body = encodeRelayError(pocketError(code), null);
    expect(one.read(prepared, 400, body)).toMatchObject({ ok: false, error, retry, mayHaveRun });
  });

  it.each([
    [503, 'Server Timeout Handling Request'],
    [200, '<html></html>'],
    [200, '{"response":"x"}'],
    [200, '{"response":"x","signature":"00"}'],
    [200, '{"response":"x'],
    [404, ''],
    [400, '{"dispatch":null,"error":{}}'],
  ])('blames the node for HTTP %i %s', async (status, body) => {
    const one = ledger();
    const prepared = await one.prepare(session, node, intent);
    expect(one.read(prepared, status, Buffer.from(body))).toMatchObject({
      ok: false,
      error: 'node_fault',
      mayHaveRun: true,
    });
  });
});

describe('readEnvelope', () => {
  const signature = 'ab'.repeat(64);
  it('reads the stock form and any other spelling alike', () => {
    const stock = readEnvelope(200, Buffer.from(`{"response":"a\\"b\\u003c","signature":"${signature}"}\n`));
    const other = readEnvelope(200, Buffer.from(`{ "signature":"${signature}", "response":"a\\"b<" }`));
    expect(stock).toEqual({ kind: 'success', response: 'a"b<', signatureHex: signature });
    expect(other).toEqual(stock);
  });

  it('is not fooled by a response that contains the end of an envelope', () => {
    const response = `x","signature":"${signature}"}`;
    const body = Buffer.from(`{"response":${JSON.stringify(response)},"signature":"${signature}"}`);
    expect(readEnvelope(200, body)).toMatchObject({ kind: 'success', response });
    const twice = Buffer.from(`{"response":"a","signature":"${signature}","response":"b","signature":"${signature}"}`);
    expect(readEnvelope(200, twice)).not.toMatchObject({ response: `a","signature":"${signature}","response":"b` });
  });
});

describe('SignatureGatherer', () => {
  it('signs everything of one turn in one run', async () => {
    const runs: number[] = [];
    const gatherer = new SignatureGatherer(clientKey, (count) => runs.push(count));
    const messages = Array.from({ length: 20 }, (_, index) => Buffer.alloc(32, index));
    const signatures = await Promise.all(messages.map((message) => gatherer.sign(message)));
    expect(runs).toEqual([20]);
    signatures.forEach((signature, index) => {
      expect(verifySignature(clientKey.publicKeyHex, messages[index]!, signature)).toBe(true);
    });
  });
});

describe('createEntropySource', () => {
  it('stays within 53 bits and refills its pool', () => {
    let fills = 0;
    const draw = createEntropySource((pool) => {
      fills += 1;
      pool.fill(0xff);
    });
    for (let relay = 0; relay < 1_025; relay += 1) expect(draw()).toBe(2n ** 53n - 1n);
    expect(fills).toBe(2);
  });
});
