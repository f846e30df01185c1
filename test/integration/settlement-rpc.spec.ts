import { PocketRpcClient } from '#libs/ledger';
import { listSettlements, settlementTotals } from '#libs/settlement';
import { createLogger } from '#libs/telemetry';
import { fastify } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clientRoutes } from '../../apps/devnet/src/rpc/client-routes.js';
import { queryRoutes } from '../../apps/devnet/src/rpc/query-routes.js';
import { rpcPlugin } from '../../apps/devnet/src/rpc/rpc-plugin.js';
import { SettlementWorld } from './settlement-world.js';

let world: SettlementWorld;
let server: ReturnType<typeof fastify>;
let rpc: PocketRpcClient;

beforeEach(async () => {
  world = await SettlementWorld.create();
  server = fastify();
  await server.register(rpcPlugin, {
    queries: queryRoutes({ ledger: world.ledger, height: () => world.height }),
    clients: clientRoutes({
      ledger: world.ledger,
      nodes: [],
      view: () => {
        throw new Error('settlement asks for no dispatch');
      },
    }),
    logger: createLogger({ app: 'test', level: 'silent' }),
  });
  rpc = new PocketRpcClient({ urls: [await server.listen({ host: '127.0.0.1', port: 0 })], timeoutMs: 5_000 });
});

afterEach(async () => {
  await rpc.close();
  await server.close();
  await world.close();
});

it("settles over pocket-core's RPC alone: claims, a larger claim, proofs, and rewards equal to the ledger's books", async () => {
  await world.toHeight(2);
  const settler = world.newSettler({ ledger: rpc });
  const session = world.session(1);
  await world.store(world.nodes.flatMap((node) => world.relays(session, node, 33)));
  while (world.height < 18) {
    if (world.height === 8) await world.store(world.relays(session, world.nodes[0]!, 9));
    await settler.verifyChunks();
    expect(await settler.tick()).toMatchObject({ failed: 0 });
    await world.produce();
  }
  await settler.tick();
  expect(await settlementTotals(world.dataSource)).toMatchObject({
    receipts: 174n,
    provenRelays: 174n,
    mintedUpokt: 1_740_000n,
    byState: { settled: 5 },
  });
  const paid = await world.ledger.settlements({});
  for (const row of await listSettlements(world.dataSource)) {
    const entry = paid.find((one) => one.txHash.toLowerCase() === row.proofTxHash?.toLowerCase());
    expect(entry).toMatchObject({
      relays: row.claimProofs,
      coinsUpokt: row.mintedUpokt,
      nodeUpokt: row.nodeUpokt,
      height: row.proofHeight,
    });
  }
  expect(await world.openSessions()).toBe(0);
});
