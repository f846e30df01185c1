import { generateKeyPair, signBytes } from '#libs/protocol';
import { randomBytes } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { relayMaker, withWrongSignature } from '../testing/signed-relays.js';
import { type Receipt, encodeChunk, openStoredChunk } from '#libs/receipts';
import { SignaturePool } from './signature-pool.js';
import { type InvalidReceipt, verifyReceipts } from './verify-receipts.js';

const pool = new SignaturePool(2);
afterAll(() => pool.close());

function verify(receipts: readonly Receipt[]): Promise<InvalidReceipt[]> {
  const { chunkId, bytes } = encodeChunk(receipts, { sequence: 1, createdAtMs: 0, instanceId: 'test' });
  return verifyReceipts(openStoredChunk(bytes, chunkId), () => true, pool);
}

it('finds every wrong signature among many, by position, and no right one', async () => {
  const maker = relayMaker();
  const nodes = [generateKeyPair(), generateKeyPair()];
  const session = maker.session('0021', 1);
  const receipts = Array.from({ length: 400 }, (_, index) => {
    const receipt = maker.receipt(session, nodes[index % 2]!);
    return index % 97 === 13 ? withWrongSignature(receipt) : receipt;
  });
  const found = await verify(receipts);
  expect(found.map((one) => [one.position, one.reason])).toEqual(
    [13, 110, 207, 304].map((at) => [at, 'node_signature']),
  );
});

it('refuses the signature of another node and one made for another relay', async () => {
  const maker = relayMaker();
  const node = generateKeyPair();
  const session = maker.session('0021', 1);
  const [first, second] = [maker.receipt(session, node), maker.receipt(session, node)];
  const foreign = { ...first, nodeSignature: signBytes(generateKeyPair(), first.responseHash) };
  const moved = { ...first, nodeSignature: second.nodeSignature };
  expect((await verify([first, foreign, moved])).map((one) => one.position)).toEqual([1, 2]);
});

it("accepts a signature over the answer as Go escapes it, where the receipt carries that answer's hash", async () => {
  const maker = relayMaker();
  const node = generateKeyPair();
  const escaped = randomBytes(32);
  const receipt = maker.receipt(maker.session('0021', 1), node, {
    responseHashEscaped: escaped,
    nodeSignature: signBytes(node, escaped),
  });
  expect(await verify([receipt, { ...receipt, responseHashEscaped: null }])).toMatchObject([{ position: 1 }]);
});

it('does not verify again what the gateway verified before it answered', async () => {
  const maker = relayMaker();
  const receipt = withWrongSignature(maker.receipt(maker.session('0021', 1), generateKeyPair(), { verified: true }));
  expect(await verify([receipt])).toEqual([]);
});
