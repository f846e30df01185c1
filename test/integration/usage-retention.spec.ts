import {
  EventsGoneError,
  closeDays,
  readEvents,
  removeChunkBytes,
  removeEvents,
  sequenceEvents,
  usageTotals,
} from '#libs/usage';
import { afterEach, expect, it } from 'vitest';
import { SettlementWorld } from './settlement-world.js';

let world: SettlementWorld;
afterEach(() => world?.close());

const chunks = async (): Promise<number> =>
  Number((await world.dataSource.query<[{ n: string }]>('SELECT count(*) AS n FROM metering.chunk_blobs'))[0].n);

const closeAll = () => closeDays(world.dataSource, { graceMs: 0, nowMs: Date.parse('2026-11-22T00:00:00Z') });

it('removes a chunk’s bytes when its sessions are settled, its days closed and its time is over, and nothing else', async () => {
  world = await SettlementWorld.create();
  const id = await world.store(world.relays(world.session(1), world.nodes[0]!, 50));
  const remove = (retentionMs = 0) => removeChunkBytes(world.dataSource, retentionMs);
  expect((await remove()).rows).toBe(0);
  await world.settle(16);
  expect(await world.openSessions()).toBe(0);
  expect((await remove()).rows).toBe(0);
  await closeAll();
  expect((await remove(3_600_000)).rows).toBe(0);
  await world.store(world.relays(world.session(13), world.nodes[0]!, 60));
  expect(await remove()).toMatchObject({ rows: 1, receipts: 50n });
  expect(await remove()).toMatchObject({ rows: 0 });
  expect(await chunks()).toBe(1);
  const [kept] = await world.dataSource.query<Array<{ receipts: number; removed: boolean }>>(
    'SELECT receipts, bytes_removed_at IS NOT NULL AS removed FROM metering.chunks WHERE chunk_id = $1',
    [id],
  );
  expect(kept).toEqual({ receipts: 50, removed: true });
  expect((await usageTotals(world.dataSource)).sentRelays).toBe(110n);
  expect(await world.dataSource.query('SELECT kind, rows_count, receipts FROM metering.removals')).toEqual([
    { kind: 'chunk_bytes', rows_count: '1', receipts: '50' },
  ]);
  // The session that was open settles as if nothing had happened.
  await world.settle(30);
  expect(await world.openSessions()).toBe(0);
});

it('removes events from the beginning once they are old and their day is closed, and tells a reader who is behind', async () => {
  world = await SettlementWorld.create();
  const { dataSource } = world;
  await world.store(world.relays(world.session(1), world.nodes[0]!, 20));
  await sequenceEvents(dataSource);
  const read = (after: bigint) => readEvents(dataSource, { after, limit: 100 });
  expect(await removeEvents(dataSource, 0)).toBe(0);
  await closeAll();
  await sequenceEvents(dataSource);
  const all = await read(0n);
  expect(await removeEvents(dataSource, 3_600_000)).toBe(0);
  expect(await removeEvents(dataSource, 0)).toBe(all.length);
  const last = all.at(-1)!.sequence;
  await expect(read(0n)).rejects.toMatchObject({ name: EventsGoneError.name, oldest: last + 1n });
  expect(await read(last)).toEqual([]);
  await world.store(world.relays(world.session(1), world.nodes[0]!, 20));
  await sequenceEvents(dataSource);
  expect((await read(last)).map(({ sequence }) => sequence)).toEqual([last + 1n]);
  await expect(dataSource.query('DELETE FROM metering.events')).rejects.toThrow('append-only');
});
