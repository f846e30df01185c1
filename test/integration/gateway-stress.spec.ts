import { Agent, request } from 'node:http';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { waitFor } from '../support/wait-for.js';
import { GatewayWorld, type WorldEndpoint } from './gateway-world.js';

const SLOW_CONNECTIONS = 800;
const RESTARTS = 5;
/** Requests over the restarts at least; the long run takes 20,000. */
const REQUESTS = Number(process.env['STRESS_REQUESTS'] ?? 1_000);

let world: GatewayWorld;
let endpoint: WorldEndpoint;

beforeAll(async () => {
  world = await GatewayWorld.start();
  endpoint = await world.endpoint(await world.stake(25_000n));
}, 120_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

const BODY = '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}';

/** Status of one relay, over the agent's connections; rejects on a transport failure. */
function relay(origin: string, agent: Agent, key = endpoint.key): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${origin}/v1/${key}/eth-mainnet`, { method: 'POST', agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(BODY);
  });
}

it(`closes ${SLOW_CONNECTIONS} connections that never finish their head within ten seconds, and serves others meanwhile`, async () => {
  const gateway = await world.gateway();
  const { hostname, port } = new URL(gateway.url);
  const startedMs = performance.now();
  let open = 0;
  const sockets: Socket[] = [];
  for (let index = 0; index < SLOW_CONNECTIONS; index += 1) {
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    open += 1;
    socket.on('error', () => undefined);
    socket.on('close', () => (open -= 1));
    socket.write('POST /v1/x/eth HTTP/1.1\r\nhost: x\r\n');
    socket.resume();
  }
  const drip = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write('x-drip: 1\r\n')), 1_000);
  const agent = new Agent({ keepAlive: true });
  const statuses: number[] = [];
  await waitFor(
    'every slow connection to be closed',
    async () => {
      statuses.push(await relay(gateway.url, agent));
      return open === 0;
    },
    12_000,
  );
  clearInterval(drip);
  agent.destroy();
  expect(performance.now() - startedMs).toBeLessThan(10_500);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  await gateway.stop();
}, 30_000);

/** A TCP balancer: each connection goes to the next gateway that says it is ready, asked ten times a second. */
async function startBalancer(gateways: ReadonlyArray<RunningGateway | null>) {
  const ready = new Set<string>();
  const look = setInterval(() => {
    for (const gateway of gateways) {
      if (gateway === null) continue;
      fetch(`${gateway.url}/readyz`).then(
        (response) => (response.status === 200 ? ready.add(gateway.url) : ready.delete(gateway.url)),
        () => ready.delete(gateway.url),
      );
    }
  }, 100);
  let turn = 0;
  const server = createServer((inner) => {
    const targets = [...ready];
    const target = targets[(turn += 1) % targets.length];
    inner.on('error', () => undefined);
    if (target === undefined) return void inner.destroy();
    const { hostname, port } = new URL(target);
    const outer = connect(Number(port), hostname);
    outer.on('error', () => inner.destroy());
    inner.pipe(outer).pipe(inner);
    inner.on('close', () => outer.destroy());
    outer.on('close', () => inner.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready,
    close: () => {
      clearInterval(look);
      server.close();
    },
  };
}

it(`fails no request over ${RESTARTS} rolling restarts of two gateways behind a balancer`, async () => {
  const environment = { SHUTDOWN_DELAY_MS: '600' };
  const gateways: Array<RunningGateway | null> = [await world.gateway(environment), await world.gateway(environment)];
  const balancer = await startBalancer(gateways);
  await waitFor('both gateways behind the balancer', async () => balancer.ready.size === 2);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const ends = new Map<string, number>();
  let restarting = true;
  const clients = Array.from({ length: 16 }, async () => {
    while (restarting) {
      const end = await relay(balancer.url, agent).then(String, (error: Error) => error.message);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  });
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    const index = restart % 2;
    const old = gateways[index]!;
    await old.stop();
    gateways[index] = null;
    balancer.ready.delete(old.url);
    gateways[index] = await world.gateway(environment);
    await waitFor('the new gateway behind the balancer', async () => balancer.ready.size === 2);
    const due = (REQUESTS * (restart + 1)) / RESTARTS;
    await waitFor(
      'enough requests',
      async () => [...ends.values()].reduce((sum, count) => sum + count, 0) >= due,
      200_000,
    );
  }
  restarting = false;
  await Promise.all(clients);
  balancer.close();
  agent.destroy();
  expect([...ends.keys()]).toEqual(['200']);
  expect(ends.get('200')).toBeGreaterThanOrEqual(REQUESTS);
  process.stdout.write(`rolling restarts  ${RESTARTS} of two gateways: ${ends.get('200')} requests, failed 0\n`);
}, 600_000);
