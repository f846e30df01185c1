import { afterAll, beforeAll, expect, it } from 'vitest';
import { accounts, describeAccounts, height, sessionStart, settledAccounts } from '../support/accounts.js';
import { LoadClient, type Outcome, drive } from '../support/load.js';
import { Stack } from '../support/stack.js';
import { waitFor } from '../support/wait-for.js';

const CLIENTS = 16;
const PER_SECOND = 250;

let stack: Stack;

beforeAll(async () => {
  stack = await Stack.start({ gateways: 2 });
});
afterAll(() => stack?.stop());

/** What clients saw from the moment of an outage until three seconds after it ended. */
interface Outage {
  readonly name: string;
  readonly seconds: number;
  readonly served: number;
  readonly failures: Record<string, number>;
}

it('loses nothing and counts nothing twice when gateway, worker, Redis and PostgreSQL are killed under load', async () => {
  const tenant = await stack.createTenant('25000');
  const client = new LoadClient(
    stack.gateways.map((gateway) => gateway.url),
    tenant.key,
    CLIENTS,
  );
  const outcomes: Outcome[] = [];
  await waitFor('the first relay', async () => {
    await sessionStart(stack);
    const outcome = await client.relay('eth_blockNumber');
    if (outcome.kind === 'result') outcomes.push(outcome);
    return outcome.kind === 'result';
  });

  let finished = false;
  const load = drive(
    CLIENTS,
    PER_SECOND,
    () => finished,
    async () => void outcomes.push(await client.relay('eth_blockNumber')),
  );
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const outages: Outage[] = [];
  const during = async (name: string, cut: () => Promise<void>): Promise<void> => {
    // Load before and after is the point of the test, not a wait for a condition.
    await pause(2_000);
    const from = outcomes.length;
    const startedAt = performance.now();
    await cut();
    const seconds = (performance.now() - startedAt) / 1_000;
    await pause(3_000);
    const seen = outcomes.slice(from);
    const failures: Record<string, number> = {};
    for (const outcome of seen) {
      if (outcome.kind === 'result') continue;
      const label =
        outcome.kind === 'transport'
          ? `transport: ${outcome.message}`
          : `${outcome.code} ${String(outcome.data['reason'])}`;
      failures[label] = (failures[label] ?? 0) + 1;
    }
    outages.push({ name, seconds, served: seen.filter((outcome) => outcome.kind === 'result').length, failures });
  };
  await during('kill -9 of a gateway', async () => {
    await stack.gateways[1]!.process.kill();
    await stack.gateways[1]!.start();
  });
  await during('kill -9 of the worker', async () => {
    await stack.worker.kill();
    await stack.startWorker();
  });
  await during('kill -9 of Redis', () => stack.restartRedis());
  await during('kill -9 of PostgreSQL', () => stack.restartPostgres());
  // The last session must hold enough relays for a claim.
  await waitFor("a session's third block", async () => (await height(stack)) % 4 === 3, 30_000, 50);
  finished = true;
  await load;
  await client.close();

  const answered = outcomes.filter((outcome) => outcome.kind === 'result').length;
  await waitFor(
    'every receipt to be stored',
    async () => (await accounts(stack, tenant)).billedByUsage >= answered,
    60_000,
    500,
  );
  const settled = await settledAccounts(stack, tenant);
  const nodesAnswered = settled.sessions.reduce((sum, session) => sum + session.answeredByNodes, 0);
  console.log(
    [
      ...outages.map(
        (outage) =>
          `${outage.name}: ${outage.seconds.toFixed(1)} s, served ${outage.served}, ${JSON.stringify(outage.failures)}`,
      ),
      `clients counted ${answered} answers of ${outcomes.length} relays; nodes answered ${nodesAnswered}`,
      describeAccounts(settled),
    ].join('\n'),
  );

  // Nothing lost: every answer that reached a client is billed. Nothing twice: only relays that were in the hands of the killed
  // gateway (one per client at most) can be billed without their client having seen the answer.
  expect(settled.billedByUsage).toBeGreaterThanOrEqual(answered);
  expect(settled.billedByUsage - answered).toBeLessThanOrEqual(CLIENTS);
  // Nothing is billed or claimed that a node did not answer.
  for (const session of settled.sessions) {
    expect(session.receipts, describeAccounts(settled)).toBeLessThanOrEqual(session.answeredByNodes);
    expect(session.mintedUpokt).toBe(BigInt(session.proven) * 10_000n);
  }
  // A receipt that came too late for its claim is named as such, not dropped.
  const accountedFor = settled.sessions.reduce(
    (sum, session) => sum + session.proven + session.unpaid.reduce((unpaid, each) => unpaid + each.receipts, 0),
    0,
  );
  expect(accountedFor).toBe(settled.receipts);
  expect(outages.map((outage) => outage.served > 0)).toEqual([true, true, true, true]);
});
