import { generateKeyPair, merkleLeafHash, relayProofPreimage } from '#libs/protocol';
import { expect, it } from 'vitest';
import { LeafHasher, relayProofOf } from './leaf-hasher.js';
import { relayMaker } from './testing/signed-relays.js';

it('hashes exactly the preimage of the relay proof, over sessions, nodes, applications and entropies', () => {
  const hasher = new LeafHasher();
  for (const number of [1, 2]) {
    const maker = relayMaker(number);
    for (const height of [1, 5]) {
      for (const node of [generateKeyPair(), generateKeyPair()]) {
        for (const entropy of [0n, 1n, 2n ** 53n - 1n]) {
          const receipt = maker.receipt(maker.session('0021', height), node, { entropy });
          expect(hasher.hash(receipt)).toEqual(merkleLeafHash(relayProofPreimage(relayProofOf(receipt))));
        }
      }
    }
  }
});

it('is not misled by a request hash of zeros', () => {
  const maker = relayMaker();
  const receipt = maker.receipt(maker.session('0021', 1), generateKeyPair(), { requestHash: Buffer.alloc(32) });
  expect(new LeafHasher().hash(receipt)).toEqual(merkleLeafHash(relayProofPreimage(relayProofOf(receipt))));
});
