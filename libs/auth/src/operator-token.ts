import { createHash, timingSafeEqual } from 'node:crypto';
import type { KeyPepper } from '#libs/tenancy';

/** The bootstrap operator token from the environment; compared in constant time, never printed. */
export class OperatorToken {
  readonly #digest: Buffer;

  constructor(token: string) {
    this.#digest = digest(token);
  }

  /** True for the token itself. Equal digests are compared, so neither length nor prefix can be timed. */
  matches(candidate: string): boolean {
    return timingSafeEqual(digest(candidate), this.#digest);
  }

  /** 32 bytes that change with the token and, under the pepper, tell nothing of it: what it opened ends with it. */
  fingerprint(pepper: KeyPepper): Buffer {
    return pepper.hash(`operator session|${this.#digest.toString('hex')}`);
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
