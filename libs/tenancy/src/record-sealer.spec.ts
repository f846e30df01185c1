import { describe, expect, it } from 'vitest';
import { RecordSealer, UnsealError, applicationKeyContext } from './record-sealer.js';

const sealer = new RecordSealer('11'.repeat(32));
const secret = Buffer.from('a private key of sixty-four bytes would stand here, as hex text!');
const context = applicationKeyContext('tenant-a', 'application-a', 1);

describe('sealed records', () => {
  it('open in the context they were sealed for', () => {
    expect(sealer.open(sealer.seal(secret, context), context)).toEqual(secret);
  });

  it('open in no other tenant, application or key version', () => {
    const sealed = sealer.seal(secret, context);
    for (const other of [
      applicationKeyContext('tenant-b', 'application-a', 1),
      applicationKeyContext('tenant-a', 'application-b', 1),
      applicationKeyContext('tenant-a', 'application-a', 2),
      '',
    ]) {
      expect(() => sealer.open(sealed, other)).toThrow(UnsealError);
    }
  });

  it('do not open after any single byte was changed, or when cut short', () => {
    const sealed = sealer.seal(secret, context);
    for (let position = 0; position < sealed.length; position += 1) {
      const changed = Buffer.from(sealed);
      changed[position] = (changed[position] ?? 0) ^ 1;
      expect(() => sealer.open(changed, context), `byte ${position}`).toThrow(UnsealError);
    }
    for (const length of [0, 1, 68, 69, 96, sealed.length - 1]) {
      expect(() => sealer.open(sealed.subarray(0, length), context), `length ${length}`).toThrow(UnsealError);
    }
  });

  it('never repeat, and do not contain the secret', () => {
    const first = sealer.seal(secret, context);
    expect(first.equals(sealer.seal(secret, context))).toBe(false);
    expect(first.includes(secret.subarray(0, 16))).toBe(false);
  });

  it('move to another key-encryption key without decrypting the data', () => {
    const next = new RecordSealer('22'.repeat(32));
    const sealed = sealer.seal(secret, context);
    const rewrapped = sealer.rewrap(sealed, context, next);
    expect(next.open(rewrapped, context)).toEqual(secret);
    expect(() => sealer.open(rewrapped, context)).toThrow('another key-encryption key');
    expect(rewrapped.subarray(69)).toEqual(sealed.subarray(69));
  });

  it('refuse a key-encryption key of the wrong length without printing it', () => {
    expect(() => new RecordSealer('abc123')).toThrow(/64 hex/);
    expect(() => new RecordSealer('abc123')).not.toThrow(/abc123/);
  });
});
