import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAat } from '#libs/protocol';
import { LedgerNetwork, POKT, keyOf } from './ledger-network.js';

describe('what strangers send cannot stop the chain', () => {
  let network: LedgerNetwork;
  beforeAll(async () => {
    network = await LedgerNetwork.start();
  });
  afterAll(() => network.stop());

  it('texts that the database cannot store are refused or cleaned, and the block is made', async () => {
    const nul = '\u0000';
    const from = network.treasury;
    const change = (parameterKey: string, parameterValue: string, signer = from): Promise<unknown> =>
      network.submit(signer, {
        type: 'gov/msg_change_param',
        value: { fromAddressHex: signer.addressHex, parameterKey, parameterValue },
      });
    await change(`pos/${nul}Name`, '1');
    await change('gov/daoOwner', `"${nul}"`, network.daoOwner);
    await change('pocketcore/SupportedBlockchains', '["0021","\\u0000"]', network.daoOwner);
    await network.submit(
      from,
      { type: 'pos/Send', value: { fromAddressHex: from.addressHex, toAddressHex: from.addressHex, amountUpokt: 1n } },
      { memo: `ledger:${nul}` },
    );
    const [node] = network.nodes;
    if (!node) throw new Error('no nodes');
    await network.submit(node, {
      type: 'pos/MsgStake',
      value: {
        publicKeyHex: node.publicKeyHex,
        chains: [`0${nul}`],
        valueUpokt: 15_000n * POKT,
        serviceUrl: `http://a.${nul}:1`,
        outputAddressHex: null,
      },
    });
    const block = await network.produce();
    expect(block.transactions.map(({ code }) => code)).not.toContain(0);
    for (const { log } of block.transactions) expect(log).not.toContain(nul);
  });

  it('a parameter that would mint beyond 64 bits leaves the claim unpaid, and the books whole', async () => {
    await network.stakeApplication(10_000n * POKT);
    await network.advanceTo(5);
    const header = network.header(5);
    const [node] = await network.sessionNodes(header);
    if (!node) throw new Error('the session is empty');
    const evidence = network.evidence(header, node, 3_000);
    await network.advanceTo(8);
    await network.transact(network.settler, network.claimOf(header, node, evidence));
    await network.transact(network.daoOwner, {
      type: 'gov/msg_change_param',
      value: {
        fromAddressHex: network.daoOwner.addressHex,
        parameterKey: 'pos/RelaysToTokensMultiplier',
        parameterValue: String(2n ** 62n),
      },
    });
    await network.advanceTo(17);
    expect(await network.transact(network.settler, await network.proofOf(header, evidence))).toMatchObject({
      code: 1,
      codespace: 'sdk',
    });
    expect(await network.ledger.claims(node.addressHex)).toHaveLength(1);
    expect(await network.auditFailures()).toEqual([]);
  });

  it('a thousand random byte strings and damaged transactions are answered, none breaks a block', async () => {
    const valid = network.sign(network.treasury, {
      type: 'pos/Send',
      value: { fromAddressHex: network.treasury.addressHex, toAddressHex: keyOf('friend').addressHex, amountUpokt: 1n },
    });
    const accepted: Buffer[] = [];
    let state = 7;
    const next = (limit: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % limit;
    };
    for (let round = 0; round < 1_000; round += 1) {
      const damaged = Buffer.from(valid);
      for (let flips = 1 + next(4); flips > 0; flips -= 1) damaged[next(damaged.length)] = next(256);
      const bytes = round % 10 === 0 ? Buffer.from(Array.from({ length: next(200) }, () => next(256))) : damaged;
      const { code } = await network.ledger.submit(bytes);
      if (code === 0 && !bytes.equals(valid)) accepted.push(bytes);
    }
    await network.produce();
    expect(accepted).toEqual([]);
    expect(await network.auditFailures()).toEqual([]);
  });

  it('settles forty claims in one block in under a second', async () => {
    const busy = await LedgerNetwork.start({ genesis: {} });
    try {
      const applications = Array.from({ length: 8 }, (_, index) => keyOf(`busy application ${index}`));
      for (const key of applications) {
        await busy.submit(busy.treasury, {
          type: 'pos/Send',
          value: { fromAddressHex: busy.treasury.addressHex, toAddressHex: key.addressHex, amountUpokt: 2_000n * POKT },
        });
      }
      await busy.produce();
      for (const key of applications) {
        await busy.submit(key, {
          type: 'apps/MsgAppStake',
          value: { publicKeyHex: key.publicKeyHex, chains: ['0021'], valueUpokt: 1_000n * POKT },
        });
      }
      await busy.advanceTo(5);
      const work = [];
      for (const key of applications) {
        const header = busy.header(5, key);
        const aat = makeAat(key, busy.client.publicKeyHex);
        for (const node of await busy.sessionNodes(header))
          work.push({ header, node, evidence: busy.evidence(header, node, 100, { aat }) });
      }
      await busy.advanceTo(8);
      for (const { header, node, evidence } of work)
        await busy.submit(busy.settler, busy.claimOf(header, node, evidence));
      const claimedMs = performance.now();
      await busy.produce();
      const claimingMs = performance.now() - claimedMs;
      await busy.advanceTo(17);
      for (const { header, evidence } of work) await busy.submit(busy.settler, await busy.proofOf(header, evidence));
      const provedMs = performance.now();
      const block = await busy.produce();
      expect(block.settlements).toHaveLength(40);
      expect(block.mintedUpokt).toBe(40n * POKT);
      expect({ claimingMs, provingMs: performance.now() - provedMs }).toMatchObject({
        claimingMs: expect.toSatisfy((ms: number) => ms < 1_000) as number,
        provingMs: expect.toSatisfy((ms: number) => ms < 1_000) as number,
      });
      expect(await busy.auditFailures()).toEqual([]);
    } finally {
      await busy.stop();
    }
  });
});
