import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MeteredReceipt, RELAY_PURPOSES } from './metered-receipt.js';
import { summariseChunk } from './summarise-chunk.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const publicKey = (n: number): string => n.toString(16).padStart(64, '0');

function receipt(over: Partial<MeteredReceipt> = {}): MeteredReceipt {
  return {
    tenantId: uuid(1),
    endpointId: uuid(2),
    keyId: uuid(3),
    applicationId: uuid(4),
    chain: '0021',
    method: 'eth_call',
    day: '2026-11-20',
    answeredAtMs: 1_000,
    durationUs: 500,
    bytesIn: 10,
    bytesOut: 20,
    purpose: 'client',
    billable: true,
    rpcError: false,
    session: { applicationPublicKeyHex: publicKey(9), chain: '0021', sessionHeight: 5 },
    nodePublicKeyHex: publicKey(1),
    ...over,
  };
}

const anyReceipt = fc
  .record({
    tenant: fc.integer({ min: 1, max: 3 }),
    method: fc.constantFrom('eth_call', 'eth_blockNumber', 'not a method', ''),
    day: fc.constantFrom('2026-11-20', '2026-11-21'),
    purpose: fc.constantFrom(...RELAY_PURPOSES),
    billable: fc.boolean(),
    node: fc.integer({ min: 1, max: 5 }),
    height: fc.constantFrom(1, 5, 9),
    bytes: fc.integer({ min: 0, max: 10_000 }),
  })
  .map((value) =>
    receipt({
      tenantId: uuid(value.tenant),
      method: value.method,
      day: value.day,
      purpose: value.purpose,
      billable: value.billable,
      nodePublicKeyHex: publicKey(value.node),
      session: { applicationPublicKeyHex: publicKey(9), chain: '0021', sessionHeight: value.height },
      bytesIn: value.bytes,
    }),
  );

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('a chunk summary', () => {
  it('counts each receipt once in usage, sessions and tallies, whatever the mix', () => {
    fc.assert(
      fc.property(fc.array(anyReceipt, { maxLength: 200 }), (receipts) => {
        const summary = summariseChunk(receipts);
        const billable = receipts.filter((one) => one.billable);
        expect(summary.receipts).toBe(receipts.length);
        expect(sum(summary.usage.map((row) => sum(Object.values(row.sent))))).toBe(receipts.length);
        expect(sum(summary.sessions.map((row) => row.receipts))).toBe(receipts.length);
        expect(sum(summary.tallies.map((row) => row.receipts))).toBe(receipts.length);
        expect(summary.billable).toBe(billable.length);
        expect(sum(summary.usage.map((row) => row.billableRelays))).toBe(billable.length);
        expect(sum(summary.tallies.map((row) => row.billable))).toBe(billable.length);
        expect(sum(summary.usage.map((row) => row.bytesIn))).toBe(sum(billable.map((one) => one.bytesIn)));
      }),
    );
  });

  it('does not depend on the order of the receipts', () => {
    fc.assert(
      fc.property(fc.array(anyReceipt, { maxLength: 60 }), (receipts) => {
        expect(summariseChunk([...receipts].reverse())).toEqual(summariseChunk(receipts));
      }),
    );
  });

  it('gives methods that are no names one shared row, so that a client cannot mint rows', () => {
    const junk = Array.from({ length: 50 }, (_, index) => receipt({ method: `junk method ${index}` }));
    expect(summariseChunk(junk).usage.map((row) => row.method)).toEqual(['other']);
  });

  it('counts a relay that no client was answered with as sent and leaves it out of the invoice', () => {
    const [row] = summariseChunk([receipt({ purpose: 'hedge', billable: false, rpcError: true })]).usage;
    expect(row).toMatchObject({ billableRelays: 0, rpcErrors: 0, bytesOut: 0, durationUs: 0, sent: { hedge: 1 } });
  });
});
