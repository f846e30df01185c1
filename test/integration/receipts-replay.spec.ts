import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { type Receipt, decodeChunk, encodeChunk } from '#libs/receipts';
import { queryUsage, storeChunk, usageTotals } from '#libs/usage';
import { SeededRandom } from '../../tools/simulate/random.js';
import { SettlementWorld } from './settlement-world.js';

const worlds: SettlementWorld[] = [];
afterAll(async () => {
  for (const world of worlds) await world.close();
});

type Journal = ReadonlyArray<{ readonly chunkId: string; readonly bytes: Buffer }>;

/** Three sessions' worth of relays over two midnights, all purposes, as one gateway journaled them. */
function journalOf(world: SettlementWorld): Journal {
  const random = new SeededRandom(5);
  const receipts: Receipt[] = [];
  for (const height of [1, 5]) {
    for (const node of world.nodes.slice(0, 3)) {
      for (const receipt of world.relays(world.session(height), node, 24)) {
        receipts.push({
          ...receipt,
          day: random.pick(['2026-11-20', '2026-11-21', '2026-11-22']),
          method: random.pick(['eth_call', 'eth_getLogs']),
          purpose: random.pick(['client', 'client', 'retry', 'hedge', 'probe']),
          billable: random.chance(0.8),
          bytesOut: random.between(1, 5_000),
        });
      }
    }
  }
  return Array.from({ length: 12 }, (_, number) =>
    encodeChunk(receipts.slice(number * 12, number * 12 + 12), {
      sequence: number + 1,
      createdAtMs: 1_795_219_200_000 + number,
      instanceId: 'gateway-1',
    }),
  );
}

/** A delivery of the journal: any order, some chunks many times, several at once. */
async function deliver(world: SettlementWorld, journal: Journal, seed: number): Promise<void> {
  const random = new SeededRandom(seed);
  const deliveries = [
    ...journal,
    ...journal.filter(() => random.chance(0.6)),
    ...journal.filter(() => random.chance(0.3)),
  ]
    .map((chunk) => ({ chunk, order: random.next() }))
    .toSorted((a, b) => a.order - b.order);
  for (let at = 0; at < deliveries.length; at += 4) {
    await Promise.all(
      deliveries
        .slice(at, at + 4)
        .map(({ chunk }) =>
          storeChunk(world.dataSource, chunk.chunkId, chunk.bytes, decodeChunk(chunk.bytes, chunk.chunkId)),
        ),
    );
  }
}

const asText = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => {
    // When a row was written is not on an invoice.
    if (key === 'updatedAt') return undefined;
    return typeof part === 'bigint' ? part.toString() : part;
  });

/** The invoice as bytes: every usage row of the period by day, chain and method, and the totals. */
async function invoice(world: SettlementWorld): Promise<string> {
  const rows = await queryUsage(world.dataSource, { from: '2026-11-01', to: '2026-11-30' }, ['day', 'chain', 'method']);
  return asText({ rows, totals: await usageTotals(world.dataSource, {}) });
}

describe('a journal that is replayed', () => {
  it('gives the same invoice, byte for byte, and the same ledger, in any order and with any duplication', async () => {
    const first = await SettlementWorld.create();
    worlds.push(first);
    const journal = journalOf(first);
    for (const chunk of journal) {
      await storeChunk(first.dataSource, chunk.chunkId, chunk.bytes, decodeChunk(chunk.bytes, chunk.chunkId));
    }
    const expected = await invoice(first);
    expect(journal.reduce((sum, chunk) => sum + decodeChunk(chunk.bytes).receipts, 0)).toBe(144);
    expect(createHash('sha256').update(expected).digest('hex')).toHaveLength(64);

    // The same database, the whole journal again, twice.
    for (const seed of [1, 2]) await deliver(first, journal, seed);
    expect(await invoice(first)).toBe(expected);

    await first.settle(22);
    const supply = asText(await first.ledger.supply());
    const paid = await settled(first);
    expect(paid).toContain('"settled"');

    // After everything was paid the journal comes once more: nothing is billed, nothing is paid.
    await deliver(first, journal, 3);
    await first.settle(34);
    expect(await invoice(first)).toBe(expected);
    expect(await settled(first)).toBe(paid);
    expect(balances(supply)).toEqual(balances(asText(await first.ledger.supply())));
  });

  it.each([11, 12, 13])('gives the same rows in a fresh database, delivered by seed %i', async (seed) => {
    const [source, target] = [await SettlementWorld.create(), await SettlementWorld.create()];
    worlds.push(source, target);
    const journal = journalOf(source);
    await deliver(source, journal, 0);
    await deliver(target, journal, seed);
    expect(await invoice(target)).toBe(await invoice(source));
  });
});

/** What each node was paid for, without times. */
async function settled(world: SettlementWorld): Promise<string> {
  return asText(
    await world.dataSource.query(
      `SELECT session_height, node_public_key, state, receipts::text, claim_proofs::text, minted_upokt::text
       FROM metering.settlements ORDER BY session_height, node_public_key`,
    ),
  );
}

function balances(supply: string): unknown {
  return JSON.parse(supply);
}
