import fc from 'fast-check';
import type { Receipt, SessionRef } from '../receipt.js';

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((value) => Buffer.from(value).toString('hex'));
const bytes = (length: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((value) => Buffer.from(value));
const u32 = fc.nat({ max: 0xffff_ffff });

const session: fc.Arbitrary<SessionRef> = fc.record({
  applicationPublicKeyHex: hex(32),
  chain: hex(2),
  sessionHeight: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  aat: fc.record({
    version: fc.constantFrom('0.0.1', ''),
    app_pub_key: hex(32),
    client_pub_key: hex(32),
    signature: hex(64),
  }),
});

/** Any receipt that the format can hold. */
export const arbitraryReceipt: fc.Arbitrary<Receipt> = fc.record({
  requestId: hex(16),
  tenantId: fc.uuid(),
  endpointId: fc.uuid(),
  keyId: fc.uuid(),
  applicationId: fc.uuid(),
  chain: fc.constantFrom('eth-mainnet', 'poly-mainnet'),
  method: fc.string({ unit: 'grapheme', maxLength: 60 }),
  day: fc.constantFrom('2026-11-20', '2026-11-21'),
  answeredAtMs: fc.nat({ max: 4_000_000_000_000 }),
  durationUs: u32,
  bytesIn: u32,
  bytesOut: u32,
  purpose: fc.constantFrom('client', 'retry', 'hedge', 'quorum', 'probe'),
  billable: fc.boolean(),
  rpcError: fc.boolean(),
  session,
  nodePublicKeyHex: hex(32),
  entropy: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  requestHash: bytes(32),
  responseHash: bytes(32),
  responseHashEscaped: fc.option(bytes(32)),
  clientSignature: bytes(64),
  nodeSignature: bytes(64),
  verified: fc.boolean(),
});
