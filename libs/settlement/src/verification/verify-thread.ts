import type { MessagePort } from 'node:worker_threads';

/** Public key, message hash and signature of one check, one after the other. */
export const ITEM_BYTES = 128;

/** A batch on its way to a thread: `items` holds {@link ITEM_BYTES} for each check. */
export interface VerifyRequest {
  readonly id: number;
  readonly items: ArrayBuffer;
}

/** A thread's answer: one byte for each item, 1 where libsodium accepts the signature. */
export interface VerifyAnswer {
  readonly id: number;
  readonly accepted: ArrayBuffer;
}

/** The one function of libsodium that a thread needs. */
export interface SodiumVerifier {
  crypto_sign_verify_detached(signature: Buffer, message: Buffer, publicKey: Buffer): boolean;
}

/**
 * What a verifying thread runs. It is handed to the thread as its text, so that the same thread runs from sources and from the
 * build: it may name nothing but its parameters and Node's globals.
 */
export function verifyThread(port: MessagePort, sodium: SodiumVerifier): void {
  port.on('message', ({ id, items }: VerifyRequest) => {
    const bytes = Buffer.from(items);
    const accepted = new Uint8Array(bytes.length / 128);
    for (let index = 0, at = 0; index < accepted.length; index += 1, at += 128) {
      const publicKey = bytes.subarray(at, at + 32);
      const message = bytes.subarray(at + 32, at + 64);
      const signature = bytes.subarray(at + 64, at + 128);
      accepted[index] = sodium.crypto_sign_verify_detached(signature, message, publicKey) ? 1 : 0;
    }
    port.postMessage({ id, accepted: accepted.buffer }, [accepted.buffer]);
  });
}
