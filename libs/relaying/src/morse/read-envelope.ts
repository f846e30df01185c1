import { type RelayAnswer, decodeRelayAnswer } from '#libs/protocol';

const HEAD = Buffer.from('{"response":');
const TAIL = Buffer.from(',"signature":"');
/** `,"signature":"` + 128 hex + `"}`. */
const TAIL_LENGTH = TAIL.length + 128 + 2;

/**
 * Decodes a node's reply. The stock form of a success is recognised by its ends, so that only the response text is read
 * (natively); everything else takes the protocol's complete decoder.
 */
export function readEnvelope(status: number, body: Buffer): RelayAnswer {
  if (status === 200) {
    let end = body.length;
    while (end > 0 && (body[end - 1] === 0x0a || body[end - 1] === 0x0d || body[end - 1] === 0x20)) end -= 1;
    const tailAt = end - TAIL_LENGTH;
    if (
      tailAt > HEAD.length &&
      body[end - 1] === 0x7d &&
      body[end - 2] === 0x22 &&
      body.compare(HEAD, 0, HEAD.length, 0, HEAD.length) === 0 &&
      body.compare(TAIL, 0, TAIL.length, tailAt, tailAt + TAIL.length) === 0
    ) {
      const signatureHex = body.toString('latin1', tailAt + TAIL.length, end - 2);
      if (/^[0-9a-f]{128}$/.test(signatureHex)) {
        try {
          const response: unknown = JSON.parse(body.toString('utf8', HEAD.length, tailAt));
          if (typeof response === 'string') return { kind: 'success', response, signatureHex };
        } catch {
          // The ends looked right and the middle is not one string: the complete decoder tells what it is.
        }
      }
    }
  }
  return decodeRelayAnswer(status, body);
}
