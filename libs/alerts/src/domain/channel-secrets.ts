import { createHmac, timingSafeEqual } from 'node:crypto';
import { RecordSealer } from '#libs/tenancy';

/** A channel as its secrets are bound to it. */
export interface SealedChannel {
  readonly tenantId: string;
  readonly channelId: string;
}

/** Characters of a confirmation code: 20 of base32 are 100 bits. */
const CODE_LENGTH = 20;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Secrets of channels under the key-encryption key that admin and worker share: signing secrets sealed for exactly one channel and
 * version, and confirmation codes that follow from the key, so that none is stored.
 */
export class ChannelSecrets {
  /** Also seals what `Mutations` keeps for repeated requests. */
  readonly sealer: RecordSealer;
  private readonly codeKey: Buffer;

  /** @param kekHex 64 hex digits */
  constructor(kekHex: string) {
    this.sealer = new RecordSealer(kekHex);
    this.codeKey = createHmac('sha256', Buffer.from(kekHex, 'hex')).update('alert confirmation codes').digest();
  }

  /** Seals a signing secret. */
  seal(channel: SealedChannel, version: number, secret: string): Buffer {
    return this.sealer.seal(Buffer.from(secret, 'utf8'), contextOf(channel, version));
  }

  /** @throws UnsealError */
  open(channel: SealedChannel, version: number, sealed: Uint8Array): string {
    return this.sealer.open(sealed, contextOf(channel, version)).toString('utf8');
  }

  /** The code that proves that an address is read; another one for each channel, address and `confirmation` number. */
  confirmationCode(channel: SealedChannel & { readonly target: string }, confirmation: number): string {
    const mac = createHmac('sha256', this.codeKey)
      .update(JSON.stringify([channel.tenantId, channel.channelId, channel.target, confirmation]))
      .digest();
    return Array.from(mac.subarray(0, CODE_LENGTH), (byte) => BASE32[byte & 31]).join('');
  }

  /** Compares in constant time. */
  isConfirmationCode(
    channel: SealedChannel & { readonly target: string },
    confirmation: number,
    given: string,
  ): boolean {
    const expected = Buffer.from(this.confirmationCode(channel, confirmation));
    const answer = Buffer.from(given);
    return answer.length === expected.length && timingSafeEqual(answer, expected);
  }
}

function contextOf({ tenantId, channelId }: SealedChannel, version: number): string {
  return `alert-channel|${tenantId}|${channelId}|${version}`;
}
