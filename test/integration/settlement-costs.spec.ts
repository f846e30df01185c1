import { chunkTotals, queryCosts, usageTotals } from '#libs/usage';
import type { Receipt, RelayPurpose } from '#libs/receipts';
import { afterEach, expect, it } from 'vitest';
import { SettlementWorld } from './settlement-world.js';

const UPOKT_PER_RELAY = 10_000n;
const TENANTS = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];
const PURPOSES: readonly RelayPurpose[] = ['client', 'client', 'client', 'retry', 'hedge', 'quorum', 'probe'];

let world: SettlementWorld;
afterEach(() => world?.close());

/** Relays of all purposes, days and two tenants, of which the client's own are billed. */
function mixed(height: number, count: number): Receipt[] {
  return world.relays(world.session(height), world.nodes[height % 5]!, count).map((receipt, index) => {
    const purpose = PURPOSES[index % PURPOSES.length]!;
    const day = index % 11 === 0 ? '2026-11-22' : '2026-11-21';
    return { ...receipt, purpose, day, tenantId: TENANTS[index % 2]!, billable: purpose === 'client' };
  });
}

const all = { limit: 1_000 };

async function books(): Promise<Record<string, bigint>> {
  const rows = await queryCosts(world.dataSource, {}, ['day', 'tenant', 'endpoint', 'chain'], all);
  const sum = (field: 'sentRelays' | 'billableRelays' | 'unpricedRelays' | 'costUpokt'): bigint =>
    rows.reduce((total, row) => total + row[field], 0n);
  return {
    sent: sum('sentRelays'),
    billable: sum('billableRelays'),
    unpriced: sum('unpricedRelays'),
    cost: sum('costUpokt'),
  };
}

it('holds every receipt once at any time: costs = receipts = usage, by purpose, before and after settlement', async () => {
  world = await SettlementWorld.create();
  await world.store(mixed(1, 350));
  await world.store(mixed(1, 77));
  await world.toHeight(5);
  await world.store(mixed(5, 140));
  const check = async (unpriced: bigint): Promise<void> => {
    const [costs, receipts, usage] = [
      await books(),
      await chunkTotals(world.dataSource),
      await usageTotals(world.dataSource),
    ];
    expect(costs).toMatchObject({ sent: receipts.receipts, billable: receipts.billable, unpriced });
    expect(costs).toMatchObject({ sent: usage.sentRelays, cost: (receipts.receipts - unpriced) * UPOKT_PER_RELAY });
    const purposes = await queryCosts(world.dataSource, {}, ['chain'], all);
    const { clientRelays, retryRelays, hedgeRelays, quorumRelays, probeRelays } = usage;
    expect(purposes).toMatchObject([{ clientRelays, retryRelays, hedgeRelays, quorumRelays, probeRelays }]);
  };
  await check(567n);
  await world.settle(17);
  await check(140n);
  await world.settle(22);
  await check(0n);
});

it('prices what comes late to a closed session when it closes again, and nothing twice', async () => {
  world = await SettlementWorld.create();
  await world.store(mixed(1, 70));
  await world.settle(18);
  expect(await books()).toMatchObject({ sent: 70n, unpriced: 0n, cost: 70n * UPOKT_PER_RELAY });
  await world.store(mixed(1, 14));
  expect(await books()).toMatchObject({ sent: 84n, unpriced: 14n, cost: 70n * UPOKT_PER_RELAY });
  await world.step();
  await world.step();
  expect(await books()).toMatchObject({ sent: 84n, unpriced: 0n, cost: 84n * UPOKT_PER_RELAY });
});

it('is read in pages whose rows come once and in one order, for one tenant or all', async () => {
  world = await SettlementWorld.create();
  await world.store(mixed(1, 200));
  const grouping = ['day', 'tenant', 'endpoint', 'chain'] as const;
  const whole = await queryCosts(world.dataSource, {}, grouping, all);
  expect(whole).toHaveLength(4);
  const paged: typeof whole = [];
  for (let page = await queryCosts(world.dataSource, {}, grouping, { limit: 1 }); page.length > 0;) {
    paged.push(...page);
    page = await queryCosts(world.dataSource, {}, grouping, { limit: 1, after: paged.at(-1)!.id });
  }
  expect(paged).toEqual(whole);
  const [tenantId] = TENANTS;
  const own = await queryCosts(world.dataSource, { tenantId, from: '2026-11-22' }, ['tenant'], all);
  expect(own).toMatchObject([{ tenantId }]);
});
