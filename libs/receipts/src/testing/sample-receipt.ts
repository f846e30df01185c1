import type { Receipt, SessionRef } from '../receipt.js';

/** One session, shared by the samples as a gateway shares it. */
export const sampleSession: SessionRef = {
  applicationPublicKeyHex: 'a1'.repeat(32),
  chain: '0021',
  sessionHeight: 101,
  aat: { version: '0.0.1', app_pub_key: 'a1'.repeat(32), client_pub_key: 'c1'.repeat(32), signature: '51'.repeat(64) },
};

/** A billable receipt; `number` makes it distinct. */
export function sampleReceipt(number: number, overrides: Partial<Receipt> = {}): Receipt {
  return {
    requestId: number.toString(16).padStart(32, '0'),
    tenantId: '11111111-1111-4111-8111-111111111111',
    endpointId: '22222222-2222-4222-8222-222222222222',
    keyId: '33333333-3333-4333-8333-333333333333',
    applicationId: '44444444-4444-4444-8444-444444444444',
    chain: 'eth-mainnet',
    method: 'eth_call',
    day: '2026-11-21',
    answeredAtMs: 1_795_219_200_000 + number,
    durationUs: 1_500,
    bytesIn: 120,
    bytesOut: 1_500,
    purpose: 'client',
    billable: true,
    rpcError: false,
    session: sampleSession,
    nodePublicKeyHex: 'b1'.repeat(32),
    entropy: BigInt(number) * 7_919n + 1n,
    requestHash: Buffer.alloc(32, number),
    responseHash: Buffer.alloc(32, number + 1),
    responseHashEscaped: null,
    clientSignature: Buffer.alloc(64, number + 2),
    nodeSignature: Buffer.alloc(64, number + 3),
    verified: false,
    ...overrides,
  };
}
