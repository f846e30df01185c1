import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Behaviour } from '../../apps/devnet/src/faults/fault-script.js';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { rpc } from '../support/anvil.js';
import { waitFor } from '../support/wait-for.js';
import { GatewayWorld, type WorldEndpoint } from './gateway-world.js';

let world: GatewayWorld;
let gateway: RunningGateway;
let endpoint: WorldEndpoint;

beforeAll(async () => {
  // Sessions of 16 seconds: most tests end within one.
  world = await GatewayWorld.start(4_000);
  endpoint = await world.endpoint(await world.stake(50_000n));
  await rpc(world.anvil.url, 'anvil_mine', ['0x800']);
}, 120_000);

beforeEach(async () => {
  // Five attempts: a call that meets the four bad nodes of a session first still reaches the good one.
  gateway = await world.gateway({ PROBE_INTERVAL_MS: '50', PROBE_SHARE: '0.2', RELAY_ATTEMPTS_MAX: '5' });
}, 30_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

async function call(method: string, params: unknown[] = [], headers: Record<string, string> = {}) {
  const response = await fetch(`${gateway.url}/v1/${endpoint.key}/eth-mainnet`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return { headers: response.headers, body: (await response.json()) as { result?: unknown; error?: object } };
}

/** Installs a behaviour on all nodes but the last `honest` of the session, and clears it after `work`. */
async function misbehaving(behaviour: Behaviour, honest: number, work: () => Promise<void>): Promise<void> {
  const view = world.devnet.network.view;
  expect(view.height).toBeGreaterThan(0);
  const session = await fetch(`${world.devnet.url}/v1/client/dispatch`, {
    method: 'POST',
    body: JSON.stringify({ app_public_key: await applicationKey(), chain: '0021', session_height: 0 }),
  });
  const { session: drawn } = (await session.json()) as { session: { nodes: Array<{ service_url: string }> } };
  const summary = (await (await fetch(`${world.devnet.url}/v1/devnet/summary`)).json()) as Summary;
  const numbers = drawn.nodes.map(({ service_url: url }) => summary.nodes.findIndex((node) => node.serviceUrl === url));
  expect(numbers).not.toContain(-1);
  const nodes = numbers.slice(0, numbers.length - honest);
  const installed = await fetch(`${world.devnet.url}/v1/devnet/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules: [{ nodes, behaviour }] }),
  });
  expect(installed.status).toBe(200);
  try {
    await work();
  } finally {
    await fetch(`${world.devnet.url}/v1/devnet/faults`, { method: 'DELETE' });
  }
}

interface Summary {
  readonly nodes: ReadonlyArray<{ readonly serviceUrl: string }>;
}

async function applicationKey(): Promise<string> {
  const rows = (await world.dataSource.query('SELECT public_key FROM tenancy.applications WHERE application_id = $1', [
    endpoint.applicationId,
  ])) as Array<{ public_key: string }>;
  return rows[0]?.public_key ?? '';
}

describe('quality of service', () => {
  it('delivers nothing of nodes that serve another chain, from the first call on', async () => {
    const truth = await rpc(world.anvil.url, 'eth_getBlockByNumber', ['0x5', false]);
    await misbehaving({ wrongChain: true }, 1, async () => {
      for (let turn = 0; turn < 40; turn += 1) {
        expect((await call('eth_getBlockByNumber', ['0x5', false])).body.result).toEqual(truth);
      }
    });
  });

  it('outvotes two liars of five before the first call', async () => {
    const truth = await rpc(world.anvil.url, 'eth_getBlockByNumber', ['0x7', false]);
    await misbehaving({ lying: true }, 3, async () => {
      for (let turn = 0; turn < 40; turn += 1) {
        expect((await call('eth_getBlockByNumber', ['0x7', false])).body.result).toEqual(truth);
      }
    });
  });

  it('finds a majority out that begins to lag behind, by traffic alone, and delivers no old head', async () => {
    for (let turn = 0; turn < 60; turn += 1) await call('eth_blockNumber');
    await misbehaving({ staleBlocks: 500 }, 1, async () => {
      for (let turn = 0; turn < 40; turn += 1) expect((await call('eth_blockNumber')).body.result).toBe('0x800');
    });
  });

  it('takes a node back that caught up', async () => {
    for (let turn = 0; turn < 60; turn += 1) await call('eth_blockNumber');
    // A session may end in between: then other nodes serve than those that misbehave.
    await waitFor('lagging nodes to be found out', async () => {
      await misbehaving({ staleBlocks: 500 }, 1, async () => {
        for (let turn = 0; turn < 20; turn += 1) await call('eth_blockNumber');
      });
      return (await metric('gateway_quarantines_total', 'reason="stale"')) > 0;
    });
    await waitFor('nodes to be probed again', async () => {
      for (let turn = 0; turn < 50; turn += 1) await call('eth_blockNumber');
      return (await metric('gateway_probes_total', 'outcome="ok"')) > 10;
    });
    expect(await metric('gateway_degraded_calls_total', '')).toBe(0);
  });
});

describe('verified reads', () => {
  /** Nobody is probed here: what is found out is found out by the reads. */
  const unprobed = async (): Promise<void> => {
    gateway = await world.gateway({ PROBE_SHARE: '0', RELAY_ATTEMPTS_MAX: '5' });
  };

  it('deliver no lie while fewer than half of those asked lie, and report the liar as a challenge that nodes take', async () => {
    await unprobed();
    const truth = await rpc(world.anvil.url, 'eth_getBlockByNumber', ['0x9', false]);
    await misbehaving({ lying: true }, 4, async () => {
      for (let turn = 0; turn < 30; turn += 1) {
        const { body } = await call('eth_getBlockByNumber', ['0x9', false], { 'x-portal-quorum': '3' });
        expect(body.result).toEqual(truth);
      }
    });
    await waitFor('the liar to be reported', () =>
      Promise.resolve(/reported as a challenge/.test(world.log) && /"outcome":"stored"/.test(world.log)),
    );
    expect(await metric('gateway_quarantines_total', 'reason="lying"')).toBe(1);
  });

  it('of five withstand two liars who tell the same lie', async () => {
    await unprobed();
    const truth = await rpc(world.anvil.url, 'eth_getBlockByNumber', ['0xb', false]);
    await misbehaving({ lying: true }, 3, async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        const { body } = await call('eth_getBlockByNumber', ['0xb', false], { 'x-portal-quorum': '5' });
        expect(body.result).toEqual(truth);
      }
    });
  });

  it('are the rule where the endpoint demands them', async () => {
    await unprobed();
    await world.dataSource.query('UPDATE tenancy.endpoints SET read_quorum = 3 WHERE endpoint_id = $1', [
      endpoint.endpointId,
    ]);
    try {
      let asked = 0;
      await waitFor('the setting to be in force', async () => {
        const before = await metric('gateway_relay_attempts_total', '');
        await call('eth_getBalance', ['0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266', '0x5']);
        asked = (await metric('gateway_relay_attempts_total', '')) - before;
        return asked > 1;
      });
      // The third may still be under way when the first two agree.
      expect(asked).toBeGreaterThanOrEqual(2);
    } finally {
      await world.dataSource.query('UPDATE tenancy.endpoints SET read_quorum = 1');
    }
  });

  it.each(['0', '6', 'three', '1.5', ''])('refuse the quorum %j with the bounds', async (quorum) => {
    const { body } = await call('eth_blockNumber', [], { 'x-portal-quorum': quorum });
    expect(body.error).toMatchObject({ code: -32600, data: { header: 'x-portal-quorum', max: 5 } });
  });
});

async function metric(name: string, label: string): Promise<number> {
  const text = await (await fetch(gateway.metricsUrl)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(name) && line.includes(label));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
