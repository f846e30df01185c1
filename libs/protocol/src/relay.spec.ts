import { describe, expect, it } from 'vitest';
import {
  checkRelayProof,
  createRelayFactory,
  decodeRelayAnswer,
  decodeRelayRequest,
  DecodeError,
  encodeRelayError,
  encodeRelaySuccess,
  goString,
  keyPairFromPrivateKey,
  keyPairFromSeed,
  makeAat,
  pocketError,
  ProtocolError,
  relayProofHash,
  relayResponseHashEscaped,
  requestHashHex,
  requestPreimage,
  signBytes,
  verifyRelayResponse,
  verifySignature,
} from './index.js';

const application = keyPairFromSeed(Buffer.alloc(32, 1));
const client = keyPairFromSeed(Buffer.alloc(32, 2));
const servicer = keyPairFromSeed(Buffer.alloc(32, 3));
const aat = makeAat(application, client.publicKeyHex);
const payload = { data: '{}', method: 'POST', path: '', headers: null };

function codeOf(run: () => unknown): number | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof ProtocolError) return error.code;
    throw error;
  }
}

function signedProof(changes: Partial<ReturnType<typeof decodeRelayRequest>['proof']> = {}) {
  const unsigned = {
    request_hash: requestHashHex(payload, 5),
    entropy: 1n,
    session_block_height: 5,
    servicer_pub_key: servicer.publicKeyHex,
    blockchain: '0021',
    aat,
    signature: '',
    ...changes,
  };
  return { ...unsigned, signature: changes.signature ?? signBytes(client, relayProofHash(unsigned)).toString('hex') };
}

describe('texts as Go writes them', () => {
  it.each([
    ['<a href="x">&\u2028\u2029', '"\\u003ca href=\\"x\\"\\u003e\\u0026\\u2028\\u2029"'],
    ['\b\f\\b\\f', '"\\u0008\\u000c\\\\b\\\\f"'],
    ['\ud800 \ud83d\ude00 \udc00\u007f/', '"\ufffd \ud83d\ude00 \ufffd\u007f/"'],
  ])('%j', (text, expected) => {
    expect(goString(text)).toBe(expected);
  });

  it('nodes built with Go 1.22 or later shorten two escapes', () => {
    expect(goString('\b\f<', 'go1.22')).toBe('"\\b\\f\\u003c"');
    expect(requestHashHex({ ...payload, data: '\b' }, 5)).not.toBe(
      requestHashHex({ ...payload, data: '\b' }, 5, 'go1.22'),
    );
  });

  it('header names are sorted by UTF-8 bytes, not by UTF-16 units', () => {
    const headers = { '\ud83d\ude00': '1', '\uff5e': '2', a: '3' };
    expect(requestPreimage({ ...payload, headers }, 1)).toContain('{"a":"3","\uff5e":"2","\ud83d\ude00":"1"}');
  });
});

describe('a relay request', () => {
  const body = (text: string) => Buffer.from(text);
  it('keeps an entropy of 63 bits exactly', () => {
    const entropy = 2n ** 63n - 1n;
    const factory = createRelayFactory({
      aat,
      chain: '0021',
      sessionHeight: 5,
      servicerPublicKeyHex: servicer.publicKeyHex,
    });
    const draft = factory.draft(payload, 5, entropy);
    const { proof } = decodeRelayRequest(draft.finish(signBytes(client, draft.proofHash)));
    expect(proof.entropy).toBe(entropy);
    expect(codeOf(() => checkRelayProof(proof))).toBeNull();
    expect(() => factory.draft(payload, 5, 2n ** 63n)).toThrow(DecodeError);
  });

  it.each([
    [
      '{"meta":{"block_height":9223372036854775808}}',
      'number 9223372036854775808 into Go struct field RelayMeta.meta.block_height of type int64',
    ],
    ['{"meta":{"block_height":"5"}}', 'string into Go struct field RelayMeta.meta.block_height of type int64'],
    ['{"payload":{"headers":{"a":1}}}', 'number into Go struct field Payload.payload.headers of type string'],
    ['[]', 'array into Go value of type types.Relay'],
  ])('%s is refused in the words of Go', (text, message) => {
    expect(() => decodeRelayRequest(body(text))).toThrow(`json: cannot unmarshal ${message}`);
  });

  it.each([
    ['{"payload":{}', 'unexpected end of JSON input'],
    ['{"payload":{},}', "invalid character '}' looking for beginning of object key string"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ['{"a":"\n"}', "invalid character '\\n' in string literal"],
  ])('%j is not JSON', (text, message) => {
    expect(() => decodeRelayRequest(body(text))).toThrow(message);
  });

  it('never rounds a height', () => {
    expect(() => decodeRelayRequest(body('{"meta":{"block_height":9007199254740993}}'))).toThrow(DecodeError);
  });

  it('reads a repeated key as Go does: the last one wins, objects merge', () => {
    const { payload: read } = decodeRelayRequest(body('{"payload":{"data":"a","path":"p"},"Payload":{"data":"b"}}'));
    expect(read).toEqual({ data: 'b', method: '', path: 'p', headers: null });
  });

  it('replaces each wrong byte by one U+FFFD', () => {
    const bytes = Buffer.concat([body('{"payload":{"data":"'), Buffer.from([0xe2, 0x82, 0x41, 0xff]), body('"}}')]);
    expect(decodeRelayRequest(bytes).payload.data).toBe('\ufffd\ufffdA\ufffd');
  });
});

describe('a relay proof', () => {
  it.each([
    [60, { session_block_height: 0 }],
    [6, { servicer_pub_key: 'zz' }],
    [42, { servicer_pub_key: 'aa' }],
    [52, { blockchain: 'xyz' }],
    [23, { blockchain: '' }],
    [62, { blockchain: '0011223344' }],
    [62, { request_hash: 'aa' }],
    [29, { entropy: -1n }],
    [4, { aat: { ...aat, version: '0.0.2' } }],
    [39, { signature: 'no hex' }],
    [38, { signature: 'aabb' }],
    [41, { signature: '00'.repeat(64) }],
  ] as const)('is refused with code %i', (code, changes) => {
    expect(codeOf(() => checkRelayProof(signedProof(changes)))).toBe(code);
  });

  it('is refused when S of its signature is raised by the group order', () => {
    const proof = signedProof();
    const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
    const signature = Buffer.from(proof.signature, 'hex');
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
    const high = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
    const raised = Buffer.concat([signature.subarray(0, 32), high]).toString('hex');
    expect(codeOf(() => checkRelayProof({ ...proof, signature: raised }))).toBe(41);
  });
});

describe('an answer', () => {
  const proofHashHex = relayProofHash(signedProof()).toString('hex');

  it('verifies in the spelling with an escaped U+FFFD only when it contains one', () => {
    const escaped = relayResponseHashEscaped('bad \ufffd byte', proofHashHex);
    const signatureHex = signBytes(servicer, escaped ?? Buffer.alloc(0)).toString('hex');
    const answer = {
      servicerPublicKeyHex: servicer.publicKeyHex,
      proofHashHex,
      response: 'bad \ufffd byte',
      signatureHex,
    };
    expect(verifyRelayResponse(answer)).toBe(true);
    expect(verifyRelayResponse({ ...answer, response: 'bad byte' })).toBe(false);
    expect(relayResponseHashEscaped('fine', proofHashHex)).toBeNull();
  });

  it('survives encoding and decoding', () => {
    expect(decodeRelayAnswer(200, encodeRelaySuccess('<a>\u2028', 'ab'))).toEqual({
      kind: 'success',
      response: '<a>\u2028',
      signatureHex: 'ab',
    });
  });

  it('names the refusal of a stock node', () => {
    expect(decodeRelayAnswer(400, encodeRelayError(pocketError(90), null))).toMatchObject({
      kind: 'refused',
      code: 90,
      codespace: 'pocketcore',
      mesh: false,
    });
  });

  it.each([
    ['ERROR:\nCodespace: pocketcore\nCode: 60\nMessage: "the block height passed is invalid"\n', 60],
    [
      'error: ERROR:\\nCodespace: sdk\\nCode: 1\\nMessage: \\"ERROR:\\\\nCodespace: pocketcore\\\\nCode: 14\\\\nMessage: \\\\\\"x\\\\\\"',
      14,
    ],
  ])('has the innermost code of a geo-mesh error', (message, code) => {
    const body = Buffer.from(
      JSON.stringify({ dispatch: null, error: { code: 1, codespace: 'sdk', message }, signature: false }),
    );
    expect(decodeRelayAnswer(400, body)).toMatchObject({ kind: 'refused', code, codespace: 'pocketcore', mesh: true });
  });

  it.each([
    [503, 'Server Timeout Handling Request'],
    [200, '{"response":1,"signature":"a"}'],
    [200, '{"response":"a"}'],
    [502, '{"response":"a","signature":"b"}'],
    [200, ''],
  ])('is malformed with HTTP %i and %j', (status, text) => {
    expect(decodeRelayAnswer(status, Buffer.from(text)).kind).toBe('malformed');
  });
});

describe('keys', () => {
  it('never show their secret in JSON', () => {
    expect(JSON.stringify(client)).not.toContain(client.privateKeyHex.slice(0, 64));
  });

  it('are refused when their halves do not belong together, without repeating them', () => {
    const mixed = client.privateKeyHex.slice(0, 64) + servicer.publicKeyHex;
    expect(() => keyPairFromPrivateKey(mixed)).toThrow(DecodeError);
  });

  it('verify nothing when malformed', () => {
    expect(verifySignature('zz', Buffer.alloc(1), Buffer.alloc(64))).toBe(false);
    expect(verifySignature('ff'.repeat(32), Buffer.alloc(1), Buffer.alloc(64))).toBe(false);
    expect(verifySignature(client.publicKeyHex, Buffer.alloc(1), Buffer.alloc(63))).toBe(false);
  });
});
