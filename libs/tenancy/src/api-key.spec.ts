import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashSecret, issueKey, parseKey } from './api-key.js';

describe('API keys', () => {
  it('have the published shape and parse as themselves', () => {
    for (let round = 0; round < 200; round += 1) {
      const { key, prefix } = issueKey();
      expect(key).toMatch(/^pk_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}$/);
      expect(parseKey(key)).toEqual({ key, prefix });
      expect(key.startsWith(prefix)).toBe(true);
    }
  });

  it('tell every single-character typo apart from an unknown key', () => {
    const { key } = issueKey();
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: key.length - 1 }),
        fc.constantFrom('0', 'A', 'a', 'z', '9', 'Z'),
        (position, character) => {
          const typo = key.slice(0, position) + character + key.slice(position + 1);
          expect(parseKey(typo)).toEqual(typo === key ? { key, prefix: key.slice(0, 11) } : 'malformed');
        },
      ),
    );
  });

  it('refuse any other text as malformed', () => {
    fc.assert(fc.property(fc.string(), (text) => parseKey(text) === 'malformed'));
    for (const text of ['', 'pk_', `pk_${'a'.repeat(32)}`, `pk_${'a'.repeat(32)}_aaaaaa`, `${issueKey().key}\n`]) {
      expect(parseKey(text)).toBe('malformed');
    }
  });

  it('draw each character without bias: bytes past the last multiple of 62 are dropped', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => 255 - index);
    const { key } = issueKey((size) => bytes.subarray(0, size));
    // 255..248 are dropped; 247 is the last character of the alphabet.
    expect(key.slice(3, 6)).toBe('zyx');
  });

  it('are stored as 32 bytes that depend on the pepper', () => {
    const { key } = issueKey();
    expect(hashSecret(key, 'pepper-one')).toHaveLength(32);
    expect(hashSecret(key, 'pepper-one')).toEqual(hashSecret(key, 'pepper-one'));
    expect(hashSecret(key, 'pepper-one')).not.toEqual(hashSecret(key, 'pepper-two'));
  });
});
