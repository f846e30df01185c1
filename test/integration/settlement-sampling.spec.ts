import { SUSPICION, closeSuspects, readControlState } from '#libs/operations';
import { inTransaction } from '#libs/persistence';
import {
  type SettlementRow,
  type SettlerOptions,
  listSettlements,
  suspectNodes,
  takeNewSuspects,
} from '#libs/settlement';
import type { Receipt } from '#libs/receipts';
import { afterEach, expect, it } from 'vitest';
import { withWrongSignature } from '../../libs/settlement/src/testing/signed-relays.js';
import { sampleOf } from '../../libs/settlement/src/verification/sample.js';
import { SettlementWorld } from './settlement-world.js';

const SHARE = 0.05;
const SEED = Buffer.alloc(32, 9);

let world: SettlementWorld;
afterEach(() => world?.close());

/** Settles with a sample up to a height, as a worker does. */
async function settle(height: number, verification: SettlerOptions['verification'] = {}): Promise<void> {
  const settler = world.newSettler({ verification: { share: SHARE, seed: () => SEED, ...verification } });
  while (world.height < height) {
    await settler.verifyChunks();
    const { failed } = await settler.tick();
    const failure = world.events.find((event) => event.kind === 'failed');
    if (failed > 0 && failure?.kind === 'failed') throw failure.error;
    await world.produce();
  }
  await settler.close();
}

/** Wrong signatures at the positions that the sample does not look at; how many. */
function spoilUnsampled(receipts: Receipt[], count: number): Receipt[] {
  const isSampled = sampleOf(SEED, SHARE, receipts.length);
  let left = count;
  return receipts.map((receipt, position) => {
    if (isSampled(position) || left === 0) return receipt;
    left -= 1;
    return withWrongSignature(receipt);
  });
}

const rowOf = (rows: readonly SettlementRow[], node: { publicKeyHex: string }): SettlementRow | undefined =>
  rows.find((row) => row.nodePublicKeyHex === node.publicKeyHex);

it('verifies a share of the receipts, and records which', async () => {
  world = await SettlementWorld.create();
  const [node] = world.nodes;
  await world.store(world.relays(world.session(1), node!, 400));
  await settle(18);
  const isSampled = sampleOf(SEED, SHARE, 400);
  const sampled = Array.from({ length: 400 }, (_, position) => position).filter(isSampled).length;
  expect(await listSettlements(world.dataSource)).toMatchObject([
    { state: 'settled', claimProofs: 400n, verifyShare: SHARE, verifiedReceipts: BigInt(sampled) },
  ]);
  const [chunk] = await world.dataSource.query<Array<{ verify_share: number; verify_seed: Buffer }>>(
    'SELECT verify_share, verify_seed FROM metering.chunks',
  );
  expect(chunk).toEqual({ verify_share: SHARE, verify_seed: SEED });
  expect(world.events).toContainEqual({ kind: 'chunk_verified', receipts: 400, verified: sampled, invalid: 0 });
});

it('verifies a node with one wrong signature in full, also what was sampled before without finding it', async () => {
  world = await SettlementWorld.create();
  const [good, bad] = world.nodes;
  const session = world.session(1);
  const of = (node: typeof good, count: number) => world.relays(session, node!, count);
  // The first chunk's sample meets none of the wrong ones; the second one's does.
  await world.store(spoilUnsampled(of(bad, 200), 30));
  await world.store([...of(good, 100), ...of(bad, 100).map(withWrongSignature)]);
  await settle(18);
  const rows = await listSettlements(world.dataSource);
  expect(rowOf(rows, good!)).toMatchObject({ state: 'settled', claimProofs: 100n, invalidReceipts: 0n });
  expect(rowOf(rows, bad!)).toMatchObject({
    state: 'settled',
    receipts: 300n,
    claimProofs: 170n,
    invalidReceipts: 130n,
    verifiedReceipts: 300n,
  });
  expect(await suspectNodes(world.dataSource)).toMatchObject([
    { nodePublicKeyHex: bad!.publicKeyHex, invalidReceipts: 130n },
  ]);
});

it('verifies a node under suspicion in full in later chunks and sessions, until the suspicion ends', async () => {
  world = await SettlementWorld.create();
  const [bad] = world.nodes;
  await world.store(world.relays(world.session(1), bad!, 100).map(withWrongSignature));
  await settle(1);
  await world.store(spoilUnsampled(world.relays(world.session(1), bad!, 200), 7));
  await settle(2);
  expect(await suspectNodes(world.dataSource)).toMatchObject([{ invalidReceipts: 107n }]);
  await world.dataSource.query("UPDATE metering.suspect_nodes SET suspect_until = now() - interval '1 second'");
  expect(await suspectNodes(world.dataSource)).toEqual([]);
  await world.toHeight(5);
  await world.store(spoilUnsampled(world.relays(world.session(5), bad!, 200), 7));
  await settle(6);
  // Nothing wrong is known of the second session, and the sample met nothing.
  expect(await suspectNodes(world.dataSource)).toEqual([]);
});

it('makes a claim anew and smaller when relays in it turn out to be invalid while the window is open', async () => {
  world = await SettlementWorld.create();
  const [bad] = world.nodes;
  await world.store(spoilUnsampled(world.relays(world.session(1), bad!, 200), 40));
  await settle(8);
  expect(await listSettlements(world.dataSource)).toMatchObject([{ state: 'claimed', claimProofs: 200n }]);
  await world.store(world.relays(world.session(1), bad!, 100).map(withWrongSignature));
  await settle(18);
  expect(await listSettlements(world.dataSource)).toMatchObject([
    { state: 'settled', receipts: 300n, claimProofs: 160n, invalidReceipts: 140n, lateReceipts: 0n },
  ]);
});

it('leaves a claim to expire of which too little is left, rather than be paid for invalid relays', async () => {
  world = await SettlementWorld.create();
  const [bad] = world.nodes;
  await world.store(spoilUnsampled(world.relays(world.session(1), bad!, 40), 38));
  await settle(8);
  expect(await listSettlements(world.dataSource)).toMatchObject([{ state: 'claimed' }]);
  await world.store(world.relays(world.session(1), bad!, 100).map(withWrongSignature));
  await settle(18);
  const [row] = await listSettlements(world.dataSource);
  expect(row).toMatchObject({ state: 'unpaid', reason: 'below_minimum', receipts: 140n, mintedUpokt: 0n });
  expect(await world.openSessions()).toBe(0);
});

it('closes a node that signed wrongly to all gateways for its time, once for each finding, and leaves operators their say', async () => {
  world = await SettlementWorld.create();
  const [bad] = world.nodes;
  const { dataSource } = world;
  const announce = () =>
    inTransaction(dataSource, async (manager) => closeSuspects(manager, await takeNewSuspects(manager)));
  const closed = async () => (await readControlState(dataSource)).closures;
  const spoil = async (): Promise<void> => {
    await world.store(world.relays(world.session(1), bad!, 100).map(withWrongSignature));
    await settle(world.height + 1);
    await announce();
  };
  await announce();
  expect(await closed()).toEqual([]);
  await spoil();
  const [suspect] = await suspectNodes(dataSource);
  expect(await closed()).toMatchObject([
    { kind: 'node', target: bad!.publicKeyHex, chain: null, mode: 'cordon', createdBy: SUSPICION },
  ]);
  expect((await closed())[0]!.expiresAt!.getTime()).toBe(suspect!.suspectUntil.getTime());
  // An operator opens it: it stays open until it signs wrongly again.
  await dataSource.query('DELETE FROM operations.closures');
  await announce();
  expect(await closed()).toEqual([]);
  await spoil();
  expect(await closed()).toHaveLength(1);
  await dataSource.query("UPDATE operations.closures SET created_by = 'operator', mode = 'drain', expires_at = NULL");
  await spoil();
  expect(await closed()).toMatchObject([{ createdBy: 'operator', mode: 'drain', expiresAt: null }]);
});
