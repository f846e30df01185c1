import { describe, expect, it } from 'vitest';
import { signBytes, verifySignature } from '#libs/protocol';
import { testKey } from '../testing/small-network.js';
import { checkSignatureFast, fastSigner } from './fast-signatures.js';

const key = testKey(7);
const message = Buffer.alloc(32, 9);

describe('checkSignatureFast', () => {
  it('accepts what the protocol library signs and signs the same bytes', () => {
    const signature = fastSigner(key)(message);
    expect(signature.equals(signBytes(key, message))).toBe(true);
    expect(verifySignature(key.publicKeyHex, message, signature)).toBe(true);
    expect(() => checkSignatureFast(key.publicKeyHex, message, signature.toString('hex'))).not.toThrow();
  });

  it.each([
    ['zz'.repeat(64), key.publicKeyHex, 39],
    ['aa', key.publicKeyHex, 38],
    ['aa'.repeat(64), key.publicKeyHex, 41],
    ['aa'.repeat(64), 'zz'.repeat(32), 6],
  ])('refuses signature %s of key %s with the code of the protocol, %i', (signature, publicKey, code) => {
    expect(() => checkSignatureFast(publicKey, message, signature)).toThrow(expect.objectContaining({ code }));
  });
});
