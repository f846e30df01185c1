import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import { transpileModule, ScriptTarget } from 'typescript';
import { describe, expect, it } from 'vitest';
import * as protocol from './index.js';

/** The code blocks of the README, by the title above them. */
const examples = new Map(
  [...readFileSync(new URL('../README.md', import.meta.url), 'utf8').matchAll(/^## (.+)\n\n```ts\n([^`]+)```/gm)].map(
    (match) => [match[1] ?? '', match[2] ?? ''] as const,
  ),
);

/** Runs an example with the library's exports and these values in scope, and returns the named results. */
function run(title: string, scope: Record<string, unknown>, results: readonly string[]): Record<string, unknown> {
  const code = examples.get(title);
  if (code === undefined) throw new Error(`the README has no example "${title}"`);
  expect(code.trim().split('\n')).toHaveLength(5);
  const script = transpileModule(`${code}\n({ ${results.join(', ')} });`, {
    compilerOptions: { target: ScriptTarget.ES2023 },
  }).outputText;
  return new Script(script).runInContext(createContext({ ...protocol, Buffer, ...scope })) as Record<string, unknown>;
}

const application = protocol.keyPairFromSeed(Buffer.alloc(32, 1));
const client = protocol.keyPairFromSeed(Buffer.alloc(32, 2));
const servicer = protocol.keyPairFromSeed(Buffer.alloc(32, 3));
const vectors = JSON.parse(readFileSync(new URL('../vectors/morse.json', import.meta.url), 'utf8')) as {
  session_from_rpc: {
    block5: protocol.BlockAnswer;
    app_public_key: string;
    candidates: string[];
    selected: string[];
  };
};

describe('the examples of the README', () => {
  it('make an AAT that pocket-core accepts', () => {
    const scope = { applicationPrivateKey: application.privateKeyHex, clientPublicKey: client.publicKeyHex };
    const { token, onTheWire } = run('Make an AAT', scope, ['token', 'onTheWire']);
    expect(token).toBe('29df6f52f5551efd6e8158f58e9981b76f990383b66f2cc3d211c284ae241564');
    expect(onTheWire).toContain('"app_pub_key":"8a88e3dd7409f195');
  });

  it('verify a session from captured RPC answers', () => {
    const { block5, app_public_key, candidates, selected } = vectors.session_from_rpc;
    const scope = {
      application: app_public_key,
      chain: '0021',
      blockAnswer: block5,
      nodesAtSession: candidates.map((address) => ({ address, jailed: false })).reverse(),
      parameters: { sessionNodeCount: 8 },
      dispatched: { session: { nodes: selected.map((address) => ({ address })) } },
    };
    expect(run('Verify a session from plain RPC answers', scope, ['isGenuine'])).toEqual({ isGenuine: true });
  });

  it('sign a relay and verify its answer', () => {
    const scope = {
      aat: protocol.makeAat(application, client.publicKeyHex),
      chain: '0021',
      sessionHeight: 1001,
      servicerPublicKeyHex: servicer.publicKeyHex,
      data: '{}',
      blockHeight: 1003,
      entropy: 7n,
      client,
      status: 200,
      answerBody: (body: Buffer) => {
        const { proof } = protocol.decodeRelayRequest(body);
        protocol.checkRelayProof(proof);
        const hash = protocol.relayProofHash(proof).toString('hex');
        return protocol.encodeRelaySuccess('{"result":1}', protocol.signRelayResponse(servicer, '{"result":1}', hash));
      },
    };
    expect(run('Sign a relay', scope, ['isSigned'])).toEqual({ isSigned: true });
  });

  it('verify a claim and its proof', () => {
    const aat = protocol.makeAat(application, client.publicKeyHex);
    const header = { app_public_key: application.publicKeyHex, chain: '0021', session_height: 1001 };
    const relays = Array.from({ length: 12 }, (_, index): protocol.RelayProof => {
      const payload = { data: '{}', method: 'POST', path: '', headers: null };
      const unsigned = {
        request_hash: protocol.requestHashHex(payload, 1003),
        entropy: BigInt(index),
        session_block_height: 1001,
        servicer_pub_key: servicer.publicKeyHex,
        blockchain: '0021',
        aat,
        signature: '',
      };
      return { ...unsigned, signature: protocol.signBytes(client, protocol.relayProofHash(unsigned)).toString('hex') };
    });
    const scope = { relays, header, fromAddressHex: servicer.addressHex, blockHash: 'ab'.repeat(32) };
    const { index } = run('Verify a claim and a proof', scope, ['index']);
    expect(index).toBe(protocol.requiredLeafIndex('ab'.repeat(32), protocol.sessionHeaderHashHex(header), 12n));
  });
});
