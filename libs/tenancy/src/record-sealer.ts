import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const FORMAT = 1;
const KEK_ID_LENGTH = 8;
const IV_LENGTH = 12;
const KEY_LENGTH = 32;
const TAG_LENGTH = 16;
const WRAP_LENGTH = KEK_ID_LENGTH + IV_LENGTH + KEY_LENGTH + TAG_LENGTH;
const HEADER_LENGTH = 1 + WRAP_LENGTH;

/** A sealed record cannot be opened: wrong key-encryption key, wrong context, or changed bytes. Never says which bytes. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';
}

/**
 * Seals secrets at rest: a data key of its own per record (AES-256-GCM), wrapped by one key-encryption key (KEK).
 * The context is authenticated with both layers, so a record copied to another tenant, application or key version does
 * not open. Layout: format 1 byte | KEK id 8 | wrap iv 12 | wrapped key 32 | wrap tag 16 | iv 12 | ciphertext | tag 16.
 */
export class RecordSealer {
  private readonly kek: Buffer;
  private readonly kekId: Buffer;

  /** @param kekHex 64 hex characters. */
  constructor(
    kekHex: string,
    private readonly random: (size: number) => Buffer = randomBytes,
  ) {
    if (!/^[0-9a-fA-F]{64}$/.test(kekHex)) throw new Error('The key-encryption key must have 64 hex characters.');
    this.kek = Buffer.from(kekHex, 'hex');
    this.kekId = createHash('sha256').update('kek-id').update(this.kek).digest().subarray(0, KEK_ID_LENGTH);
  }

  /** Seals `plaintext` for exactly this context. */
  seal(plaintext: Uint8Array, context: string): Buffer {
    const dataKey = this.random(KEY_LENGTH);
    const sealed = Buffer.concat([this.wrap(dataKey, context), encrypt(dataKey, plaintext, context, this.random)]);
    dataKey.fill(0);
    return sealed;
  }

  /** The plaintext; the caller clears it after use. @throws UnsealError */
  open(sealed: Uint8Array, context: string): Buffer {
    const record = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const dataKey = this.unwrap(record, context);
    try {
      return decrypt(dataKey, record.subarray(HEADER_LENGTH), context);
    } finally {
      dataKey.fill(0);
    }
  }

  /** The same record under another KEK; the data itself is not decrypted. @throws UnsealError */
  rewrap(sealed: Uint8Array, context: string, next: RecordSealer): Buffer {
    const record = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const dataKey = this.unwrap(record, context);
    try {
      return Buffer.concat([next.wrap(dataKey, context), record.subarray(HEADER_LENGTH)]);
    } finally {
      dataKey.fill(0);
    }
  }

  /** True when the record names this key-encryption key; whether it opens is another question. */
  wrapped(sealed: Uint8Array): boolean {
    return sealed[0] === FORMAT && this.kekId.equals(sealed.subarray(1, 1 + KEK_ID_LENGTH));
  }

  private wrap(dataKey: Buffer, context: string): Buffer {
    return Buffer.concat([
      Buffer.from([FORMAT]),
      this.kekId,
      encrypt(this.kek, dataKey, `wrap|${context}`, this.random),
    ]);
  }

  private unwrap(record: Buffer, context: string): Buffer {
    if (record.length < HEADER_LENGTH + IV_LENGTH + TAG_LENGTH || record[0] !== FORMAT) {
      throw new UnsealError('The record is not a sealed record.');
    }
    if (!timingSafeEqual(record.subarray(1, 1 + KEK_ID_LENGTH), this.kekId)) {
      throw new UnsealError('The record was sealed under another key-encryption key.');
    }
    return decrypt(this.kek, record.subarray(1 + KEK_ID_LENGTH, HEADER_LENGTH), `wrap|${context}`);
  }
}

/** Context of an application's private key. */
export function applicationKeyContext(tenantId: string, applicationId: string, keyVersion: number): string {
  return `${tenantId}|${applicationId}|${keyVersion}`;
}

function encrypt(key: Buffer, plaintext: Uint8Array, context: string, random: (size: number) => Buffer): Buffer {
  const iv = random(IV_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, box: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, IV_LENGTH), { authTagLength: TAG_LENGTH });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(box.subarray(-TAG_LENGTH));
  try {
    return Buffer.concat([decipher.update(box.subarray(IV_LENGTH, -TAG_LENGTH)), decipher.final()]);
  } catch {
    throw new UnsealError('The record does not belong to this context, or its bytes were changed.');
  }
}
