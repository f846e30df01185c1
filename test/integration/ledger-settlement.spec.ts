import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawSessionNodes, sessionBlockHashHex, sessionKeyHex } from '#libs/protocol';
import { CHAIN, FEE, LedgerNetwork, POKT } from './ledger-network.js';

describe('a session from stake to reward', () => {
  let network: LedgerNetwork;
  beforeAll(async () => {
    network = await LedgerNetwork.start();
  });
  afterAll(() => network.stop());

  it('gives 41,750 relays a session for 25,000 POKT, and balances the stake', async () => {
    const before = await network.ledger.balanceUpokt(network.application.addressHex);
    expect(await network.stakeApplication(25_000n * POKT)).toMatchObject({ code: 0 });
    const application = await network.ledger.application(network.application.addressHex);
    expect(application).toMatchObject({ maxRelays: 41_750n, stakedUpokt: 25_000n * POKT, status: 2, chains: [CHAIN] });
    expect(await network.ledger.balanceUpokt(network.application.addressHex)).toBe(before - 25_000n * POKT - FEE);
  });

  it('draws a session that anyone recomputes from plain answers of the ledger', async () => {
    await network.advanceTo(5);
    const dispatched = await network.ledger.dispatch(network.application.publicKeyHex, CHAIN);
    expect(dispatched.session.header).toEqual(network.header(5));
    const block = await network.ledger.block(5);
    if (!block) throw new Error('block 5 is missing');
    const candidates = await network.ledger.nodes({ height: 5, chain: CHAIN, status: 2 });
    const keyHex = sessionKeyHex(network.application.publicKeyHex, CHAIN, sessionBlockHashHex(block));
    const drawn = drawSessionNodes({ sessionKeyHex: keyHex, candidates, count: 5, isEligible: () => true });
    expect(Buffer.from(dispatched.session.key, 'base64').toString('hex')).toBe(keyHex);
    expect(dispatched.session.nodes.map((node) => node.address)).toEqual(drawn.map((node) => node.addressHex));
  });

  it('mints 100 POKT for 10,000 relays and splits them 89 / 10 / 1', async () => {
    const header = network.header(5);
    const [first, second] = await network.sessionNodes(header);
    if (!first || !second) throw new Error('the session is empty');
    const evidence = [network.evidence(header, first, 5_000), network.evidence(header, second, 5_000)] as const;
    await network.advanceTo(8);
    for (const [index, node] of [first, second].entries()) {
      const claim = network.claimOf(header, node, evidence[index] ?? evidence[0]);
      expect(await network.submit(network.settler, claim)).toMatchObject({ code: 0 });
    }
    await network.produce();
    expect(await network.ledger.claims(first.addressHex)).toHaveLength(1);
    await network.advanceTo(17);
    const supplyBefore = (await network.ledger.supply()).totalUpokt;
    const daoBefore = (await network.ledger.supply()).daoUpokt;
    const nodesBefore = [first, second].map((node) => network.ledger.balanceUpokt(node.addressHex));
    for (const item of evidence) {
      expect(await network.submit(network.settler, await network.proofOf(header, item))).toMatchObject({ code: 0 });
    }
    const block = await network.produce();
    expect(block.transactions.map(({ code, log }) => ({ code, log }))).toEqual([
      { code: 0, log: '' },
      { code: 0, log: '' },
    ]);
    expect(block.mintedUpokt).toBe(100n * POKT);
    expect(block.supplyUpokt).toBe(supplyBefore + 100n * POKT);
    expect(await network.ledger.claims(first.addressHex)).toEqual([]);
    for (const [index, node] of [first, second].entries()) {
      const before = (await nodesBefore[index]) ?? 0n;
      expect(await network.ledger.balanceUpokt(node.addressHex)).toBe(before + (89n * POKT) / 2n);
    }
    const settlements = await network.ledger.settlements({ sessionHeight: 5 });
    expect(settlements).toHaveLength(2);
    expect(settlements[0]).toMatchObject({
      outcome: 'paid',
      relays: 5_000n,
      coinsUpokt: 50n * POKT,
      nodeUpokt: 44_500_000n,
      feesUpokt: 5_500_000n,
    });
    // The pool, the two transactions' fees included, is shared in the next block.
    const next = await network.produce();
    const pool = 11n * POKT + 2n * FEE;
    const daoPart = (pool * 10n) / 11n;
    expect((await network.ledger.supply()).daoUpokt).toBe(daoBefore + daoPart);
    expect(next.mintedUpokt).toBe(0n);
    const postings = await network.dataSource.query<Array<{ account: string; amount: string }>>(
      `SELECT account, amount_upokt AS amount FROM ledger.postings p JOIN ledger.entries e USING (height, entry)
       WHERE e.height = $1 AND reason = 'fees distributed' ORDER BY line`,
      [next.height],
    );
    expect(postings).toEqual([
      { account: 'pool/fees', amount: (-pool).toString() },
      { account: 'pool/dao', amount: daoPart.toString() },
      { account: `account/${block.proposerAddressHex}`, amount: (pool - daoPart).toString() },
    ]);
  });

  it('refuses a second proof of the paid claim with 65', async () => {
    const header = network.header(5);
    const [first] = await network.sessionNodes(header);
    if (!first) throw new Error('the session is empty');
    const evidence = network.evidence(header, first, 5_000);
    expect(await network.transact(network.settler, await network.proofOf(header, evidence))).toMatchObject({
      code: 65,
      codespace: 'pocketcore',
    });
  });

  it('keeps every account, every stake and the supply in agreement at every height', async () => {
    expect(await network.auditFailures()).toEqual([]);
  });

  it('makes an idle block in well under 20 ms', async () => {
    const durations: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const startedMs = performance.now();
      await network.produce();
      durations.push(performance.now() - startedMs);
    }
    expect(durations.sort((a, b) => a - b)[10]).toBeLessThan(20);
  });
});
