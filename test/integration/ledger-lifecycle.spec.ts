import { afterEach, describe, expect, it } from 'vitest';
import { type LedgerGenesis, instructionMemo } from '#libs/ledger';
import {
  type Challenge,
  type ChallengeResponse,
  type KeyPair,
  MerkleTree,
  type NodeStakeMessage,
  type RelayProof,
  challengePreimage,
  merkleLeafHash,
  relayProofHash,
  signRelayResponse,
} from '#libs/protocol';
import { CHAIN, FEE, LedgerNetwork, POKT, keyOf } from './ledger-network.js';

const SECOND = 1_000_000_000n;

const ascending = (amounts: bigint[]): bigint[] => amounts.sort((a, b) => (a < b ? -1 : 1));

let network: LedgerNetwork;
/** Every test ends with books that balance, whatever it was about. */
afterEach(async () => {
  const failures = await network.auditFailures();
  await network.stop();
  if (failures.length > 0) throw new Error(`the books do not balance: ${JSON.stringify(failures)}`);
});

async function start(
  parameters: LedgerGenesis['parameters'] = {},
  extensions?: LedgerGenesis['extensions'],
): Promise<void> {
  network = await LedgerNetwork.start({
    parameters: {
      daoOwner: keyOf('dao owner').addressHex,
      supportedBlockchains: [CHAIN],
      appUnstakingTime: 6n * SECOND,
      unstakingTime: 6n * SECOND,
      downtimeJailDuration: 4n * SECOND,
      ...parameters,
    },
    ...(extensions ? { extensions } : {}),
  });
}

const stakeOf = (key: KeyPair): Promise<bigint> =>
  network.ledger.application(key.addressHex).then((application) => application?.stakedUpokt ?? 0n);

describe('application stakes', () => {
  it('go up but not down, keep the throughput when only chains change, and refuse what the rules refuse', async () => {
    await start({ applicationMaximumChains: 2 });
    const application = network.application;
    const refused = async (amountUpokt: bigint, chains: readonly string[], code: number): Promise<void> => {
      expect(await network.stakeApplication(amountUpokt, chains)).toMatchObject({ code, codespace: 'application' });
    };
    await refused(POKT - 1n, [CHAIN], 111);
    await refused(1_000_000n * POKT, [CHAIN], 112);
    await refused(100n * POKT, [], 116);
    await refused(100n * POKT, ['021'], 117);
    await refused(100n * POKT, [CHAIN, '0001', '0002'], 118);
    await refused(0n, [CHAIN], 115);
    expect(await network.stakeApplication(100n * POKT)).toMatchObject({ code: 0 });
    await refused(99n * POKT, [CHAIN], 120);
    await network.transact(network.daoOwner, {
      type: 'gov/msg_change_param',
      value: {
        fromAddressHex: network.daoOwner.addressHex,
        parameterKey: 'application/BaseRelaysPerPOKT',
        parameterValue: '"1000"',
      },
    });
    expect(await network.stakeApplication(100n * POKT, [CHAIN, '0001'])).toMatchObject({ code: 0 });
    expect(await network.ledger.application(application.addressHex)).toMatchObject({
      maxRelays: 167n,
      chains: [CHAIN, '0001'],
    });
    expect(await network.stakeApplication(200n * POKT)).toMatchObject({ code: 0 });
    expect(await network.ledger.application(application.addressHex)).toMatchObject({ maxRelays: 2_000n });
    // What was is still there to be asked for.
    expect(await network.ledger.application(application.addressHex, (await network.ledger.height()) - 1)).toMatchObject(
      { maxRelays: 167n },
    );
  });

  it('return after the waiting time, and are gone then', async () => {
    await start();
    const before = await network.ledger.balanceUpokt(network.application.addressHex);
    await network.stakeApplication(100n * POKT);
    const unstake = {
      type: 'apps/MsgAppBeginUnstake',
      value: { applicationAddressHex: network.application.addressHex },
    } as const;
    expect(await network.transact(network.application, unstake)).toMatchObject({ code: 0 });
    expect(await network.ledger.application(network.application.addressHex)).toMatchObject({ status: 1 });
    expect(await network.transact(network.application, unstake)).toMatchObject({ code: 1, codespace: 'sdk' });
    expect(await network.stakeApplication(200n * POKT)).toMatchObject({ code: 110 });
    await network.produce();
    expect(await network.ledger.application(network.application.addressHex)).toBeNull();
    expect(await network.ledger.balanceUpokt(network.application.addressHex)).toBe(before - 4n * FEE);
  });

  it('move to a new key with their throughput, once', async () => {
    await start();
    await network.stakeApplication(100n * POKT);
    const transfer = {
      type: 'apps/MsgAppStake',
      value: { publicKeyHex: keyOf('heir').publicKeyHex, chains: [], valueUpokt: 0n },
    } as const;
    expect(await network.transact(network.application, transfer)).toMatchObject({ code: 0 });
    expect(await network.ledger.application(network.application.addressHex)).toBeNull();
    expect(await network.ledger.application(keyOf('heir').addressHex)).toMatchObject({
      stakedUpokt: 100n * POKT,
      maxRelays: 167n,
      status: 2,
    });
    expect(await network.transact(network.application, transfer)).toMatchObject({
      code: 110,
      codespace: 'application',
    });
  });
});

describe('node stakes', () => {
  const messageOf = (
    node: KeyPair,
    changes: Partial<NodeStakeMessage> = {},
  ): { type: 'pos/MsgStake'; value: NodeStakeMessage } => ({
    type: 'pos/MsgStake',
    value: {
      publicKeyHex: node.publicKeyHex,
      chains: [CHAIN],
      valueUpokt: 15_000n * POKT,
      serviceUrl: 'http://127.0.0.1:6000',
      outputAddressHex: null,
      settlerPublicKeyHex: keyOf('settler').publicKeyHex,
      ...changes,
    },
  });

  it('serve until the session ends, then wait, then return to the output address', async () => {
    await start();
    const newcomer = keyOf('newcomer');
    await network.send(network.treasury, newcomer.addressHex, 20_000n * POKT);
    const output = keyOf('cold storage').addressHex;
    expect(await network.transact(newcomer, messageOf(newcomer, { outputAddressHex: output }))).toMatchObject({
      code: 0,
    });
    expect(
      await network.transact(newcomer, {
        type: 'pos/MsgBeginUnstake',
        value: { validatorAddressHex: newcomer.addressHex, signerAddressHex: newcomer.addressHex },
      }),
    ).toMatchObject({ code: 0 });
    expect(await network.ledger.node(newcomer.addressHex)).toMatchObject({ status: 2 });
    await network.advanceTo(4);
    expect(await network.ledger.node(newcomer.addressHex)).toMatchObject({ status: 1 });
    await network.advanceTo(7);
    expect(await network.ledger.node(newcomer.addressHex)).toBeNull();
    expect(await network.ledger.balanceUpokt(output)).toBe(15_000n * POKT);
  });

  it('refuse what the rules refuse, with the code of each', async () => {
    await start();
    const [node] = network.nodes;
    if (!node) throw new Error('no nodes');
    const refused = async (changes: Partial<NodeStakeMessage>, code: number, signer = node): Promise<void> => {
      expect(await network.transact(signer, messageOf(node, changes))).toMatchObject({ code });
    };
    await refused({ valueUpokt: 14_999n * POKT }, 122);
    await refused({ valueUpokt: 900_000n * POKT }, 112);
    await refused({ chains: [] }, 115);
    await refused({ serviceUrl: '' }, 116);
    await refused({ serviceUrl: 'http://localhost:80/path' }, 118);
    await refused({ chains: ['xyz'] }, 119);
    await refused({ rewardDelegators: { [keyOf('a').addressHex]: 101 } }, 128);
    await refused({}, 4, network.treasury);
    const unstaked = keyOf('newcomer');
    await network.send(network.treasury, unstaked.addressHex, 20_000n * POKT);
    expect(await network.transact(unstaked, messageOf(unstaked, { valueUpokt: POKT }))).toMatchObject({ code: 111 });
  });

  it('downtime jails and slashes; a jailed node leaves sessions until it served its time', async () => {
    await start({ slashFractionDowntime: '0.001' });
    const [node] = network.nodes;
    if (!node) throw new Error('no nodes');
    await network.transact(node, messageOf(node, { valueUpokt: 15_000n * POKT }));
    await network.send(network.treasury, node.addressHex, 10_000n * POKT);
    await network.transact(node, messageOf(node, { valueUpokt: 16_000n * POKT }));
    expect(
      await network.send(network.treasury, network.treasury.addressHex, 1n, instructionMemo.jail(node.addressHex)),
    ).toMatchObject({ code: 4 });
    const supply = await network.ledger.supply();
    expect(
      await network.send(network.daoOwner, network.daoOwner.addressHex, 1n, instructionMemo.jail(node.addressHex)),
    ).toMatchObject({ code: 0 });
    expect(await network.ledger.node(node.addressHex)).toMatchObject({ jailed: true, stakedUpokt: 15_984n * POKT });
    expect((await network.ledger.supply()).totalUpokt).toBe(supply.totalUpokt - 16n * POKT);
    await network.advanceTo(9);
    const session = await network.ledger.session(network.header(9));
    expect(session.nodes.map(({ address }) => address)).not.toContain(node.addressHex);
    const unjail = {
      type: 'pos/MsgUnjail',
      value: { addressHex: node.addressHex, signerAddressHex: node.addressHex },
    } as const;
    expect(await network.transact(node, unjail)).toMatchObject({ code: 0 });
    expect(await network.transact(node, unjail)).toMatchObject({ code: 105 });
  });

  it('a slash that leaves less than the minimum forces the node out and burns its whole stake', async () => {
    await start({ slashFractionDowntime: '0.001' });
    const [node] = network.nodes;
    if (!node) throw new Error('no nodes');
    const supply = await network.ledger.supply();
    await network.send(network.daoOwner, network.daoOwner.addressHex, 1n, instructionMemo.jail(node.addressHex));
    expect(await network.ledger.node(node.addressHex)).toBeNull();
    expect((await network.ledger.supply()).totalUpokt).toBe(supply.totalUpokt - 15_000n * POKT);
  });
});

describe('governance', () => {
  it('changes a parameter from its block on, by its owner alone, and never to a value that would stop the chain', async () => {
    await start();
    const change = (
      parameterKey: string,
      parameterValue: string,
      signer = network.daoOwner,
    ): Promise<{ code: number }> =>
      network.transact(signer, {
        type: 'gov/msg_change_param',
        value: { fromAddressHex: signer.addressHex, parameterKey, parameterValue },
      });
    await network.produce();
    expect(await change('pos/RelaysToTokensMultiplier', '"5000"')).toMatchObject({ code: 0 });
    const height = await network.ledger.height();
    expect((await network.ledger.parameters(height)).relaysToTokensMultiplier).toBe(5_000n);
    expect((await network.ledger.parameters(height - 1)).relaysToTokensMultiplier).toBe(10_000n);
    expect(await change('pos/RelaysToTokensMultiplier', '"1"', network.treasury)).toMatchObject({
      code: 5,
      codespace: 'gov',
    });
    expect(await change('pos/BlocksPerSession', '"0"')).toMatchObject({ code: 2, codespace: 'gov' });
    expect(await change('pos/Nothing', '"0"')).toMatchObject({ code: 6, codespace: 'gov' });
    const list = JSON.stringify([{ acl_key: 'pos/DAOAllocation', address: network.treasury.addressHex }]);
    expect(await change('gov/acl', list)).toMatchObject({ code: 0 });
    expect(await change('pos/DAOAllocation', '"20"', network.treasury)).toMatchObject({ code: 0 });
    expect(await network.ledger.parameterText('pos/DAOAllocation')).toBe('20');
  });

  it('moves or burns what the DAO holds', async () => {
    await start();
    await network.produce();
    await network.produce();
    await network.send(network.treasury, keyOf('friend').addressHex, 1n);
    await network.produce();
    const { daoUpokt, totalUpokt } = await network.ledger.supply();
    expect(daoUpokt).toBeGreaterThan(100n);
    const move = (
      action: 'dao_transfer' | 'dao_burn',
      amountUpokt: bigint,
      signer = network.daoOwner,
    ): Promise<{ code: number }> =>
      network.transact(signer, {
        type: 'gov/msg_dao_transfer',
        value: { fromAddressHex: signer.addressHex, toAddressHex: keyOf('grantee').addressHex, amountUpokt, action },
      });
    expect(await move('dao_transfer', 60n)).toMatchObject({ code: 0 });
    expect(await network.ledger.balanceUpokt(keyOf('grantee').addressHex)).toBe(60n);
    expect(await move('dao_burn', 40n)).toMatchObject({ code: 0 });
    expect((await network.ledger.supply()).totalUpokt).toBe(totalUpokt - 40n);
    expect(await move('dao_transfer', 1n, network.treasury)).toMatchObject({ code: 4 });
    expect(await move('dao_transfer', 1_000_000n * POKT)).toMatchObject({ code: 10 });
  });
});

describe('stake on behalf', () => {
  const instruct = (from: KeyPair, amountUpokt: bigint, memo: string): Promise<{ code: number }> =>
    network.send(from, from.addressHex, amountUpokt, memo);

  it('raises the throughput of an application at once and lowers it when it is taken back; newest first, with 1x, 2x, 3x on record', async () => {
    await start({}, { backingTier2Blocks: 3, backingTier3Blocks: 6 });
    const { treasury, application } = network;
    await network.stakeApplication(100n * POKT);
    expect(
      await instruct(treasury, 900n * POKT, instructionMemo.backApplication(application.addressHex)),
    ).toMatchObject({ code: 0 });
    expect(await network.ledger.application(application.addressHex)).toMatchObject({
      stakedUpokt: 1_000n * POKT,
      maxRelays: 1_670n,
    });
    const since = await network.ledger.height();
    await network.advanceTo(since + 3);
    await instruct(treasury, 50n * POKT, instructionMemo.backApplication(application.addressHex));
    const target = { kind: 'application', addressHex: application.addressHex } as const;
    expect(await network.ledger.backings({ target })).toMatchObject([
      { amountUpokt: 900n * POKT, sinceHeight: since, multiplier: 2, untilHeight: null },
      { amountUpokt: 50n * POKT, multiplier: 1, untilHeight: null },
    ]);
    expect(
      await instruct(treasury, 951n * POKT, instructionMemo.takeBackFromApplication(application.addressHex)),
    ).toMatchObject({ code: 10 });
    const before = await network.ledger.balanceUpokt(treasury.addressHex);
    expect(
      await instruct(treasury, 150n * POKT, instructionMemo.takeBackFromApplication(application.addressHex)),
    ).toMatchObject({ code: 0 });
    expect(await network.ledger.balanceUpokt(treasury.addressHex)).toBe(before + 150n * POKT - FEE);
    expect(await stakeOf(application)).toBe(900n * POKT);
    const height = await network.ledger.height();
    expect(await network.ledger.backings({ target, ended: true })).toMatchObject([
      { amountUpokt: 800n * POKT, sinceHeight: since, multiplier: 3, untilHeight: null },
      { amountUpokt: 50n * POKT, untilHeight: height },
      { amountUpokt: 100n * POKT, sinceHeight: since, untilHeight: height },
    ]);
  });

  it('on a basket is shared in equal parts, follows its members, and returns in full', async () => {
    await start();
    const { treasury } = network;
    const members = ['first app', 'second app', 'third app'].map(keyOf);
    for (const key of members) {
      await network.send(treasury, key.addressHex, 100n * POKT);
      await network.stakeApplication(10n * POKT, [CHAIN], key);
    }
    const [first, second, third] = members as [KeyPair, KeyPair, KeyPair];
    await instruct(treasury, 1n, instructionMemo.addToBasket('farm', first.addressHex));
    await instruct(treasury, 1n, instructionMemo.addToBasket('farm', second.addressHex));
    expect(await instruct(network.settler, 1n, instructionMemo.addToBasket('farm', third.addressHex))).toMatchObject({
      code: 4,
    });
    const backer = network.daoOwner;
    expect(await instruct(backer, 101n, instructionMemo.backBasket('farm'))).toMatchObject({ code: 0 });
    const shares = async (): Promise<bigint[]> =>
      (await Promise.all(members.map(stakeOf))).map((stake) => stake - 10n * POKT);
    expect(ascending((await shares()).slice(0, 2))).toEqual([50n, 51n]);
    await instruct(treasury, 1n, instructionMemo.addToBasket('farm', third.addressHex));
    expect(ascending(await shares())).toEqual([33n, 34n, 34n]);
    await network.transact(first, {
      type: 'apps/MsgAppBeginUnstake',
      value: { applicationAddressHex: first.addressHex },
    });
    expect((await network.ledger.basket('farm'))?.members).toEqual([second, third].map((key) => key.addressHex).sort());
    expect(ascending((await shares()).slice(1))).toEqual([50n, 51n]);
    const before = await network.ledger.balanceUpokt(backer.addressHex);
    expect(await instruct(backer, 101n, instructionMemo.takeBackFromBasket('farm'))).toMatchObject({ code: 0 });
    expect((await shares()).slice(1)).toEqual([0n, 0n]);
    expect(await network.ledger.balanceUpokt(backer.addressHex)).toBe(before + 101n - FEE);
  });

  it('returns to those who added it when the application unstakes', async () => {
    await start();
    await network.stakeApplication(100n * POKT);
    const before = await network.ledger.balanceUpokt(network.treasury.addressHex);
    await instruct(network.treasury, 40n * POKT, instructionMemo.backApplication(network.application.addressHex));
    await network.transact(network.application, {
      type: 'apps/MsgAppBeginUnstake',
      value: { applicationAddressHex: network.application.addressHex },
    });
    expect(await network.ledger.balanceUpokt(network.treasury.addressHex)).toBe(before - FEE);
    expect(await stakeOf(network.application)).toBe(100n * POKT);
  });
});

describe('settlement', () => {
  /** Stakes, serves, claims and proves `count` relays by the first node of session 5; gives the node and the block of the proof. */
  async function settleOnce(
    count: number,
    node?: KeyPair,
  ): Promise<{ node: KeyPair; mintedUpokt: bigint; burnedUpokt: bigint }> {
    await network.advanceTo(5);
    const header = network.header(5);
    const members = await network.sessionNodes(header);
    const server = members.find((member) => member === node) ?? (members[0] as KeyPair);
    const evidence = network.evidence(header, server, count);
    await network.advanceTo(8);
    expect(await network.transact(network.settler, network.claimOf(header, server, evidence))).toMatchObject({
      code: 0,
    });
    await network.advanceTo(17);
    await network.submit(network.settler, await network.proofOf(header, evidence));
    const block = await network.produce();
    expect(block.transactions).toMatchObject([{ code: 0 }]);
    return { node: server, mintedUpokt: block.mintedUpokt, burnedUpokt: block.burnedUpokt };
  }

  it('with an Application Burn Rate burns per relay what it mints, so that the supply stays', async () => {
    await start({ applicationBurnRate: '10000' });
    await network.stakeApplication(25_000n * POKT);
    const supply = (await network.ledger.supply()).totalUpokt;
    const { mintedUpokt, burnedUpokt } = await settleOnce(1_000);
    expect(mintedUpokt).toBe(10n * POKT);
    expect(burnedUpokt).toBe(10n * POKT);
    expect((await network.ledger.supply()).totalUpokt).toBe(supply);
    expect(await network.ledger.application(network.application.addressHex)).toMatchObject({
      stakedUpokt: 24_990n * POKT,
      maxRelays: 41_733n,
    });
  });

  it('pays the operator its fees first, then the delegators, then the output address', async () => {
    const delegate = keyOf('delegate').addressHex;
    const output = keyOf('output').addressHex;
    network = await LedgerNetwork.start();
    const nodes = network.genesis.nodes.map((node) => ({
      ...node,
      outputAddressHex: output,
      rewardDelegators: { [delegate]: 25 },
    }));
    await network.stop();
    network = await LedgerNetwork.start({ genesis: { nodes } });
    await network.stakeApplication(25_000n * POKT);
    const before = await network.ledger.balanceUpokt(delegate);
    const { node } = await settleOnce(1_000);
    const nodePart = 8_900_000n;
    expect(await network.ledger.balanceUpokt(delegate)).toBe(before + ((nodePart - 2n * FEE) * 25n) / 100n);
    const rewards = await network.dataSource.query<Array<{ account: string; amount: string }>>(
      `SELECT account, amount_upokt AS amount FROM ledger.postings JOIN ledger.entries USING (height, entry) WHERE reason = 'relay reward' ORDER BY line`,
    );
    expect(rewards).toEqual([
      { account: 'issuance', amount: '-10000000' },
      { account: `account/${node.addressHex}`, amount: '20000' },
      { account: `account/${delegate}`, amount: '2220000' },
      { account: `account/${output}`, amount: '6660000' },
      { account: 'pool/fees', amount: '1100000' },
    ]);
  });

  it('leaves a claim unpaid that nobody proves in time', async () => {
    await start({ claimExpiration: 4 });
    await network.stakeApplication(25_000n * POKT);
    await network.advanceTo(8);
    const header = network.header(5);
    const [node] = await network.sessionNodes(header);
    if (!node) throw new Error('the session is empty');
    const evidence = network.evidence(header, node, 10);
    await network.transact(network.settler, network.claimOf(header, node, evidence));
    const claimedAt = await network.ledger.height();
    expect(await network.ledger.claims(node.addressHex)).toMatchObject([
      { expirationHeight: claimedAt + 16, totalProofs: 10n },
    ]);
    await network.advanceTo(claimedAt + 16);
    expect(await network.ledger.claims(node.addressHex)).toEqual([]);
    expect(await network.transact(network.settler, await network.proofOf(header, evidence))).toMatchObject({
      code: 65,
    });
  });

  it('of a challenge burns the node that answered otherwise and pays the reporter a hundredth', async () => {
    await start({ minimumNumberOfProofs: 5 });
    await network.stakeApplication(25_000n * POKT);
    await network.advanceTo(5);
    const header = network.header(5);
    const [reporter, second, liar] = (await network.sessionNodes(header)) as [KeyPair, KeyPair, KeyPair];
    const relays = (node: KeyPair): RelayProof[] => {
      const evidence = network.evidence(header, node, 200);
      const signed = Array.from({ length: 200 }, (_, index) => evidence.leaf(index));
      return signed.sort((a, b) => (a.entropy < b.entropy ? -1 : 1));
    };
    const answers = (node: KeyPair, response: string): ChallengeResponse[] =>
      relays(node).map((proof) => ({
        proof,
        response,
        signature: signRelayResponse(node, response, relayProofHash(proof).toString('hex')),
      }));
    const [a, b, c] = [
      answers(reporter, '{"result":1}'),
      answers(second, '{"result":1}'),
      answers(liar, '{"result":2}'),
    ];
    const challenges = a.map((first, index): Challenge => ({
      majorityResponses: [first, b[index] as ChallengeResponse],
      minorityResponse: c[index] as ChallengeResponse,
      reportersAddressHex: reporter.addressHex,
    }));
    const tree = MerkleTree.build(
      Buffer.concat(challenges.map((challenge) => merkleLeafHash(challengePreimage(challenge)))),
    );
    await network.advanceTo(8);
    const claim = {
      type: 'pocketcore/claim',
      value: {
        header,
        merkleRoot: tree.root,
        totalProofs: 200n,
        fromAddressHex: reporter.addressHex,
        evidenceType: 2,
        expirationHeight: 0,
      },
    } as const;
    expect(await network.transact(network.settler, claim)).toMatchObject({ code: 0 });
    await network.advanceTo(17);
    const index = await network.requiredIndex(header, 200);
    const value = challenges[tree.inputIndexAt(index)] as Challenge;
    const before = await network.ledger.balanceUpokt(reporter.addressHex);
    const proof = {
      type: 'pocketcore/proof',
      value: {
        merkleProof: tree.prove(index),
        leaf: { type: 'pocketcore/challenge_proof_invalid_data', value },
        evidenceType: 2,
      },
    } as const;
    expect(await network.transact(network.settler, proof)).toMatchObject({ code: 0 });
    // 2 relays' worth to the reporter; the liar loses 2 POKT, which takes it below the minimum: all of it burns.
    expect(await network.ledger.balanceUpokt(reporter.addressHex)).toBe(before + 17_800n);
    expect(await network.ledger.node(liar.addressHex)).toBeNull();
    expect(await network.ledger.settlements()).toMatchObject([
      { evidenceType: 2, relays: 200n, coinsUpokt: 20_000n, nodeUpokt: 17_800n, burnedUpokt: 15_000n * POKT },
    ]);
  });
});
