import { afterAll, beforeAll, expect, it } from 'vitest';
import { accounts, describeAccounts, height, sessionStart, settledAccounts } from '../support/accounts.js';
import { LoadClient, type Outcome, drive } from '../support/load.js';
import { Stack } from '../support/stack.js';
import { waitFor } from '../support/wait-for.js';

const RELAYS = 20_000;
const CLIENTS = 32;
const SESSIONS_MIN = 3;
/** A relay earns 0.01 POKT with the genesis parameters. */
const UPOKT_PER_RELAY = 10_000n;

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start({ gateways: 2 });
});
afterAll(() => stack?.stop());

it('counts the same relays at clients, receipts, usage, proofs and mint, over sessions and two gateways, with none failed', async () => {
  const tenant = await stack.createTenant('25000');
  const client = new LoadClient(
    stack.gateways.map((gateway) => gateway.url),
    tenant.key,
    CLIENTS,
  );
  const outcomes: Outcome[] = [];
  // A new application is served from the first session after its stake. The probes begin in a session's first block, so that
  // the one that is answered shares its session with the load and with enough relays for a claim.
  await waitFor('the first relay', async () => {
    await sessionStart(stack);
    const outcome = await client.relay('eth_blockNumber');
    if (outcome.kind === 'result') outcomes.push(outcome);
    return outcome.kind === 'result';
  });
  const firstHeight = await height(stack);
  let newestHeight = firstHeight;
  const watch = setInterval(() => void height(stack).then((found) => (newestHeight = found)), 200);
  const startedAt = performance.now();
  await drive(
    CLIENTS,
    800,
    // It ends in a session's third block, so that no session holds too few relays to be claimed.
    (started) =>
      started >= RELAYS - 1 && newestHeight - firstHeight >= 4 * (SESSIONS_MIN - 1) && newestHeight % 4 === 3,
    async (index) =>
      void outcomes.push(
        index % 3 === 0
          ? await client.relay('eth_getBalance', [`0x${'00'.repeat(20)}`, 'latest'])
          : await client.relay('eth_blockNumber'),
      ),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(watch);
  await client.close();

  expect(outcomes.filter((outcome) => outcome.kind !== 'result')).toEqual([]);
  const counted = outcomes.length;
  expect(counted).toBeGreaterThanOrEqual(RELAYS);
  await waitFor(
    'every receipt to be stored',
    async () => (await accounts(stack, tenant)).receipts >= counted,
    30_000,
    500,
  ).catch(async (error: Error) => {
    throw new Error(`${counted} counted, but ${describeAccounts(await accounts(stack, tenant))}`, { cause: error });
  });
  const settled = await settledAccounts(stack, tenant);
  console.log(
    `${counted} relays in ${seconds.toFixed(1)} s (${Math.round(counted / seconds)}/s)\n${describeAccounts(settled)}`,
  );

  expect(settled.sessions.length).toBeGreaterThanOrEqual(SESSIONS_MIN);
  for (const session of settled.sessions) {
    expect(session, describeAccounts(settled)).toMatchObject({
      answeredByNodes: session.receipts,
      billable: session.receipts,
      proven: session.receipts,
      mintedUpokt: BigInt(session.receipts) * UPOKT_PER_RELAY,
    });
  }
  expect(settled.receipts).toBe(counted);
  expect(settled.billedByUsage).toBe(counted);
  expect(settled.proven).toBe(counted);
  expect(settled.mintedUpokt).toBe(BigInt(counted) * UPOKT_PER_RELAY);
});
