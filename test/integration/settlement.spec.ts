import type { LedgerPort } from '#libs/ledger';
import { addressOf } from '#libs/protocol';
import { listSettlements, settlementTotals } from '#libs/settlement';
import { usageTotals } from '#libs/usage';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withWrongSignature } from '../../libs/settlement/src/testing/signed-relays.js';
import { SettlementWorld } from './settlement-world.js';

let world: SettlementWorld;

beforeEach(async () => {
  world = await SettlementWorld.create();
});

afterEach(async () => {
  await world.close();
});

/** Everything that must agree once all sessions are settled: clients' relays, receipts, usage, proven, minted. */
async function expectEquation(relays: bigint): Promise<void> {
  const [usage, totals, paid] = await Promise.all([
    usageTotals(world.dataSource),
    settlementTotals(world.dataSource),
    world.ledger.settlements({ limit: 10_000 }),
  ]);
  const mintedByLedger = paid.reduce((sum, one) => sum + one.coinsUpokt, 0n);
  expect({
    usage: usage.sentRelays,
    receipts: totals.receipts,
    proven: totals.provenRelays,
    provenByLedger: paid.reduce((sum, one) => sum + one.relays, 0n),
    minted: totals.mintedUpokt,
    mintedByLedger,
  }).toEqual({
    usage: relays,
    receipts: relays,
    proven: relays,
    provenByLedger: relays,
    minted: relays * 10_000n,
    mintedByLedger: relays * 10_000n,
  });
}

describe('a session', () => {
  it('is claimed, proven and paid: receipts = usage = proven relays = minted POKT x 100, and the supply grew by just that', async () => {
    await world.toHeight(2);
    const session = world.session(1);
    const receipts = world.nodes.flatMap((node, index) => world.relays(session, node, 40 + index));
    await world.store(receipts.slice(0, 90));
    await world.store(receipts.slice(90));
    const supplyBefore = (await world.ledger.supply()).totalUpokt;
    await world.settle();
    await expectEquation(BigInt(receipts.length));
    const supply = (await world.ledger.supply()).totalUpokt;
    expect(supply - supplyBefore).toBe(BigInt(receipts.length) * 10_000n);
    expect(await world.openSessions()).toBe(0);
    for (const row of await listSettlements(world.dataSource)) {
      expect(row).toMatchObject({ state: 'settled', reason: null, lateReceipts: 0n, unprovenReceipts: 0n });
      expect(row.nodeUpokt).toBe((row.claimProofs! * 10_000n * 89n) / 100n);
    }
  });

  it('proves the relays that no client was answered with too: retries and hedges are paid, and not billed', async () => {
    await world.toHeight(2);
    const session = world.session(1);
    const [first, second] = world.nodes;
    await world.store([
      ...world.relays(session, first!, 20),
      ...world.relays(session, second!, 12, { purpose: 'hedge', billable: false }),
    ]);
    await world.settle();
    await expectEquation(32n);
    expect(await usageTotals(world.dataSource)).toMatchObject({ billableRelays: 20n, hedgeRelays: 12n });
  });

  it('is settled beside others: two sessions of one application, one after the other', async () => {
    await world.toHeight(2);
    await world.store(world.relays(world.session(1), world.nodes[0]!, 15));
    await world.toHeight(6);
    await world.store(world.relays(world.session(5), world.nodes[0]!, 25));
    await world.settle(24);
    await expectEquation(40n);
    const rows = await listSettlements(world.dataSource);
    expect(rows.map((row) => [row.sessionHeight, row.claimProofs])).toEqual([
      [5, 25n],
      [1, 15n],
    ]);
  });

  it('stays unpaid below the minimum number of proofs, with its reason and every receipt accounted for', async () => {
    await world.toHeight(2);
    await world.store([
      ...world.relays(world.session(1), world.nodes[0]!, 4),
      ...world.relays(world.session(1), world.nodes[1]!, 10),
    ]);
    await world.settle();
    const rows = await listSettlements(world.dataSource, { state: 'unpaid' });
    expect(rows).toMatchObject([{ reason: 'below_minimum', receipts: 4n, unprovenReceipts: 4n, lateReceipts: 0n }]);
    expect(await settlementTotals(world.dataSource)).toMatchObject({ provenRelays: 10n, unproven: 4n });
  });

  it('leaves out relays whose node signature is wrong, reports each, and pays the rest', async () => {
    await world.toHeight(2);
    const [honest, liar] = world.nodes;
    const session = world.session(1);
    const lies = world.relays(session, liar!, 20).map((one, at) => (at % 4 === 0 ? withWrongSignature(one) : one));
    await world.store([...world.relays(session, honest!, 10), ...lies]);
    await world.settle();
    expect(await settlementTotals(world.dataSource)).toMatchObject({ provenRelays: 25n, invalid: 5n, receipts: 30n });
    const reported = await world.dataSource.query<Array<{ node: string; position: number; reason: string }>>(
      'SELECT node_public_key AS node, position, reason FROM metering.invalid_receipts ORDER BY position',
    );
    expect(reported).toEqual(
      [10, 14, 18, 22, 26].map((position) => ({ node: liar!.publicKeyHex, position, reason: 'node_signature' })),
    );
  });

  it('counts a receipt once that two different chunks carry, so that no leaf is a replay', async () => {
    await world.toHeight(2);
    const relays = world.relays(world.session(1), world.nodes[0]!, 20);
    await world.store(relays);
    await world.store([...relays.slice(0, 7), ...world.relays(world.session(1), world.nodes[0]!, 3)]);
    await world.settle();
    expect(await listSettlements(world.dataSource)).toMatchObject([
      { state: 'settled', receipts: 30n, claimProofs: 23n, duplicateReceipts: 7n },
    ]);
  });

  it("never claims above the application's allowance and records the over-service", async () => {
    await world.close();
    // 5 POKT x 1.67 = 8.35 relays a session and chain and 5 nodes: too few; 40 POKT buys 66 relays, 13 for each node.
    world = await SettlementWorld.create({ applicationStakeUpokt: 40_000_000n });
    await world.toHeight(2);
    await world.store(world.relays(world.session(1), world.nodes[0]!, 20));
    await world.settle();
    expect(await listSettlements(world.dataSource)).toMatchObject([
      { state: 'settled', receipts: 20n, claimProofs: 13n, overServiceReceipts: 7n },
    ]);
  });

  it('of an application that the ledger does not know ends unpaid, with the reason', async () => {
    await world.toHeight(2);
    const stranger = world.strangerSession(1);
    await world.store(world.strangerRelays(stranger, world.nodes[0]!, 12));
    await world.settle();
    expect(await listSettlements(world.dataSource)).toMatchObject([
      { state: 'unpaid', reason: 'application_not_found', receipts: 12n, unprovenReceipts: 12n },
    ]);
    expect(await world.openSessions()).toBe(0);
  });
});

describe('a session that waits for a block', () => {
  it('costs nothing until the block, or a chunk, comes', async () => {
    await world.toHeight(6);
    await world.store(world.relays(world.session(1), world.nodes[0]!, 15));
    const settler = world.newSettler();
    await settler.verifyChunks();
    expect(await settler.tick()).toMatchObject({ openSessions: 1, advanced: 1 });
    expect(await settler.tick()).toMatchObject({ openSessions: 1, advanced: 0 });
    await world.store(world.relays(world.session(1), world.nodes[0]!, 5));
    expect(await settler.tick()).toMatchObject({ openSessions: 1, advanced: 1 });
    await settler.verifyChunks();
    expect(await settler.tick()).toMatchObject({ openSessions: 1, advanced: 1 });
    expect(await settler.tick()).toMatchObject({ openSessions: 1, advanced: 0 });
    await world.produce();
    expect(await settler.tick()).toMatchObject({ openSessions: 1, advanced: 1 });
    expect(await listSettlements(world.dataSource)).toMatchObject([{ state: 'claimed', claimProofs: 20n }]);
  });
});

describe('chunks that arrive late', () => {
  it('inside the window grow the claim: it is made again, overwrites the smaller one, and all relays are paid', async () => {
    await world.toHeight(6);
    const session = world.session(1);
    await world.store(world.relays(session, world.nodes[0]!, 15));
    await world.step();
    await world.step();
    const [claimed] = await listSettlements(world.dataSource);
    expect(claimed).toMatchObject({ state: 'claimed', claimProofs: 15n });
    await world.store([...world.relays(session, world.nodes[0]!, 10), ...world.relays(session, world.nodes[1]!, 11)]);
    await world.settle();
    await expectEquation(36n);
    const rows = await listSettlements(world.dataSource);
    expect(rows.map((row) => row.claimProofs)).toEqual(expect.arrayContaining([11n, 25n]));
  });

  it('after the window are recorded as late and never paid, also when the session was closed', async () => {
    await world.toHeight(6);
    const session = world.session(1);
    await world.store(world.relays(session, world.nodes[0]!, 15));
    await world.toHeightSettling(13);
    await world.store(world.relays(session, world.nodes[0]!, 4));
    await world.settle();
    expect(await listSettlements(world.dataSource)).toMatchObject([
      { state: 'settled', receipts: 19n, claimProofs: 15n, lateReceipts: 4n },
    ]);
    expect(await world.openSessions()).toBe(0);
    await world.store([...world.relays(session, world.nodes[0]!, 2), ...world.relays(session, world.nodes[2]!, 30)]);
    expect(await world.openSessions()).toBe(1);
    await world.step();
    expect(await settlementTotals(world.dataSource)).toMatchObject({ provenRelays: 15n, late: 36n, receipts: 51n });
    expect(await world.openSessions()).toBe(0);
  });
});

describe('two workers', () => {
  it('that settle the same sessions at the same time pay each relay once', async () => {
    await world.toHeight(2);
    const session = world.session(1);
    await world.store(world.nodes.flatMap((node) => world.relays(session, node, 30)));
    const others = [world.newSettler(), world.newSettler(), world.newSettler()];
    while (world.height < 18) {
      await Promise.all(others.flatMap((settler) => [settler.verifyChunks(), settler.tick(), settler.tick()]));
      await world.produce();
    }
    await Promise.all(others.map((settler) => settler.tick()));
    expect(await world.openSessions()).toBe(0);
    await expectEquation(150n);
  });
});

describe('a worker that dies', () => {
  it('between any two statements or questions to the ledger is continued by the next one, with the same result', async () => {
    let lives = 0;
    let deaths = 0;
    let relays = 0;
    const liveAndDie = async (): Promise<void> => {
      lives += 1;
      // 7 and 23 have no common divisor: the budgets visit every value from 1 to 23, so every step is died at.
      const mortal = new Mortality(1 + ((lives * 7) % 23), lives % 2 === 0);
      const settler = world.newSettler({
        ledger: mortal.wrap<LedgerPort>(world.ledger),
        dataSource: mortal.wrap<DataSource>(world.dataSource),
      });
      await settler.verifyChunks().catch(() => undefined);
      await settler.tick().catch(() => undefined);
      if (mortal.isDead) deaths += 1;
    };
    await world.toHeight(2);
    while (world.height < 45) {
      // A session runs, the one before it is claimed and an older one is proven: there is always something to die at.
      const session = world.session(world.height - ((world.height - 1) % 4));
      const chunk = world.nodes.flatMap((node) => world.relays(session, node, 3 + (world.height % 4)));
      await world.store(chunk);
      relays += chunk.length;
      for (let life = 0; life < 3; life += 1) await liveAndDie();
      await world.step();
    }
    expect(deaths).toBeGreaterThan(80);
    await world.settle(64);
    await expectEquation(BigInt(relays));
    expect(await world.openSessions()).toBe(0);
  });

  it('after a claim was handed in and before it noted so, does not claim twice', async () => {
    await world.toHeight(6);
    await world.store(world.relays(world.session(1), world.nodes[0]!, 15));
    const submitted: Buffer[] = [];
    const dying: LedgerPort = new Proxy(world.ledger as LedgerPort, {
      get: (target, name) =>
        name === 'submitTransaction'
          ? async (address: string, bytes: Uint8Array) => {
              submitted.push(Buffer.from(bytes));
              await target.submitTransaction(address, bytes);
              throw new Error('killed');
            }
          : bound(target, name),
    });
    const doomed = world.newSettler({ ledger: dying });
    await doomed.verifyChunks();
    await doomed.tick();
    await world.produce();
    await world.settle();
    await expectEquation(15n);
    const claims = (await world.ledger.accountTransactions(addressOf(world.settlerKey.publicKeyHex))).filter(
      (one) => one.code === 0,
    );
    // One claim and one proof: the claim that the dead worker handed in was found in the ledger.
    expect(claims).toHaveLength(2);
    expect(claims.some((one) => one.bytes.equals(submitted[0]!))).toBe(true);
  });
});

describe('the ledger', () => {
  it('away for the end of the session costs nothing as long as the window is open when it comes back', async () => {
    await world.toHeight(6);
    await world.store(world.relays(world.session(1), world.nodes[0]!, 15));
    const away: LedgerPort = new Proxy(world.ledger as LedgerPort, {
      get: () => () => Promise.reject(new Error('away')),
    });
    const cut = world.newSettler({ ledger: away });
    await expect(cut.tick()).rejects.toThrow('away');
    await world.toHeight(11);
    await world.settle();
    await expectEquation(15n);
  });

  it('whose window closed unseen leaves the receipts late, with the reason', async () => {
    await world.toHeight(14);
    await world.store(world.relays(world.session(1), world.nodes[0]!, 15));
    await world.step();
    expect(await listSettlements(world.dataSource)).toMatchObject([
      { state: 'unpaid', reason: 'window_missed', lateReceipts: 15n, unprovenReceipts: 0n },
    ]);
  });
});

/** A process that dies at its n-th statement or question: before it is sent, or after it took effect and before the answer came. */
class Mortality {
  isDead = false;

  constructor(
    private left: number,
    private readonly afterEffect: boolean,
  ) {}

  wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (real, name) => {
        const value = bound(real, name);
        if (typeof value !== 'function' || name === 'createQueryRunner') return value;
        return async (...parameters: unknown[]) => {
          if (this.isDead) throw new Error('dead');
          this.left -= 1;
          if (this.left > 0) return (value as (...all: unknown[]) => unknown)(...parameters);
          this.isDead = true;
          if (this.afterEffect) await (value as (...all: unknown[]) => unknown)(...parameters);
          throw new Error('dead');
        };
      },
    });
  }
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name);
  return typeof value === 'function' ? (value.bind(target) as unknown) : value;
}
