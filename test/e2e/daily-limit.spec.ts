import { afterAll, beforeAll, expect, it } from 'vitest';
import { LoadClient, type Outcome, drive } from '../support/load.js';
import { Stack } from '../support/stack.js';
import { waitFor } from '../support/wait-for.js';

const LIMIT = 1_000;
const OFFERED = 6_000;

let stack: Stack;

beforeAll(async () => {
  // One relay a day for each POKT: 1,000 POKT buy the limit, and 1,670 relays a session, which is more.
  stack = await Stack.start({ gateways: 4, environment: { RELAYS_PER_POKT_PER_DAY: '1' } });
});
afterAll(() => stack?.stop());

it('admits exactly 1,000 of 6,000 relays offered through four gateways, and says when the day resets', async () => {
  const tenant = await stack.createTenant('1000');
  const client = new LoadClient(
    stack.gateways.map((gateway) => gateway.url),
    tenant.key,
    16,
  );
  const outcomes: Outcome[] = [];
  // The first session of a new application begins at the next boundary; refusals before it take nothing of the limit.
  await waitFor('the first relay', async () => {
    const outcome = await client.relay('eth_blockNumber');
    if (outcome.kind === 'result') outcomes.push(outcome);
    return outcome.kind === 'result';
  });
  await drive(
    64,
    1_500,
    (started) => started >= OFFERED - 1,
    async () => void outcomes.push(await client.relay('eth_blockNumber')),
  );
  await client.close();

  const refused = outcomes.filter((outcome) => outcome.kind === 'rpc-error');
  expect(outcomes.filter((outcome) => outcome.kind === 'result')).toHaveLength(LIMIT);
  expect(refused).toHaveLength(OFFERED - LIMIT);
  expect(new Set(refused.map((outcome) => outcome.code))).toEqual(new Set([-32068]));
  const resetAt = new Date(String(refused.at(-1)!.data['resetAt']));
  expect(resetAt.getTime()).toBeGreaterThan(Date.now());
  expect(resetAt.toISOString()).toMatch(/T00:00:00.000Z$/);

  const url = `${stack.gateways[0]!.url}/v1/${tenant.key}/eth-mainnet`;
  const chainId = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":"w","method":"eth_chainId"}',
  });
  expect(await chainId.json()).toEqual({ jsonrpc: '2.0', id: 'w', result: '0x7a69' });

  // More stake raises the limit at once, on every gateway.
  await stack.call('POST', `/v1/tenants/${tenant.tenantId}/applications/${tenant.applicationId}/stake`, {
    stakePokt: '1010',
  });
  const again = new LoadClient(
    stack.gateways.map((gateway) => gateway.url),
    tenant.key,
    4,
  );
  const more: Outcome[] = [];
  await waitFor('the raised limit to be spent again', async () => {
    const outcome = await again.relay('eth_blockNumber');
    more.push(outcome);
    return more.filter((each) => each.kind === 'result').length >= 10 && outcome.kind === 'rpc-error';
  });
  await again.close();
  expect(more.filter((outcome) => outcome.kind === 'result')).toHaveLength(10);
});
