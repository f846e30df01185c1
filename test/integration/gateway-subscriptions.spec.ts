import { WebSocketProvider } from 'ethers';
import { createPublicClient, webSocket } from 'viem';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { RunningGateway } from '../../apps/gateway/src/gateway.js';
import { ANVIL_ACCOUNT, rpc } from '../support/anvil.js';
import { waitFor } from '../support/wait-for.js';
import { GatewayWorld, type WorldEndpoint } from './gateway-world.js';

const ROLLOVERS = 5;
const NODE_KILLS = 10;
const MINE_EVERY_MS = 120;

let world: GatewayWorld;
let gateway: RunningGateway;
let endpoint: WorldEndpoint;

beforeAll(async () => {
  world = await GatewayWorld.start();
  endpoint = await world.endpoint(await world.stake(25_000n));
  gateway = await world.gateway();
}, 120_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

const urlOf = (of: WorldEndpoint = endpoint): string =>
  `${gateway.url.replace(/^http/, 'ws')}/v1/${of.key}/eth-mainnet`;
const own = <T>(method: string, params: unknown[] = []): Promise<T> => rpc<T>(world.anvil.url, method, params);
const mine = (): Promise<unknown> => own('evm_mine');
const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(gateway.metricsUrl)).text();
  return [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\d+)$`, 'gm'))].reduce(
    (sum, [, n]) => sum + Number(n),
    0,
  );
};

interface Message {
  id?: unknown;
  result?: unknown;
  error?: { code: number; message: string; data: Record<string, unknown> };
  params?: {
    subscription: string;
    result: { number?: string; hash?: string; parentHash?: string; [key: string]: unknown };
  };
}

/** A bare connection that keeps what it hears. */
class Line {
  readonly messages: Message[] = [];
  closedWith: number | null = null;
  #id = 0;
  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.messages.push(JSON.parse(data.toString()) as Message));
    socket.on('close', (code) => (this.closedWith = code));
    socket.on('error', () => undefined);
  }
  static async open(url: string): Promise<Line> {
    const line = new Line(new WebSocket(url));
    await new Promise((resolve, reject) => line.socket.once('open', resolve).once('error', reject));
    return line;
  }
  async ask(method: string, params: unknown[]): Promise<Message> {
    const id = (this.#id += 1);
    this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return waitFor(`the answer to ${method}`, async () => this.messages.find((message) => message.id === id) ?? false);
  }
  news(subscription: unknown): Array<NonNullable<Message['params']>['result']> {
    return this.messages
      .filter(({ params }) => params?.subscription === subscription)
      .map(({ params }) => params!.result);
  }
}

describe('a subscriber to new heads', () => {
  it('gets every block once and in order over 5 rollovers and 10 node kills, as ethers, viem and bare frames see it', async () => {
    const line = await Line.open(urlOf());
    const subscribed = await line.ask('eth_subscribe', ['newHeads']);
    expect(subscribed.result).toMatch(/^0x[0-9a-f]{32}$/);
    const first = Number(await own('eth_blockNumber')) + 1;
    const ethers = new WebSocketProvider(urlOf(), 31_337, { staticNetwork: true });
    const byEthers: number[] = [];
    await ethers.on('block', (number: number) => byEthers.push(number));
    const viem = createPublicClient({ transport: webSocket(urlOf(), { reconnect: false }) });
    const byViem: bigint[] = [];
    const unwatch = viem.watchBlocks({ onBlock: (block) => byViem.push(block.number!), onError: () => undefined });
    await waitFor('all three to be subscribed', async () => (await metric('gateway_websocket_subscriptions')) === 3);

    let mined = 0;
    let mining = true;
    const miner = (async () => {
      while (mining) {
        await mine();
        mined += 1;
        await new Promise((resolve) => setTimeout(resolve, MINE_EVERY_MS));
      }
    })();
    const { network } = world.devnet;
    for (let kill = 0; kill < NODE_KILLS; kill += 1) {
      const dead = Array.from({ length: 24 }, (_, node) => node).filter((node) => (node + kill) % 4 !== 0);
      // Three of four nodes reset every connection, others each time.
      network.faults.install({
        rules: [{ nodes: dead, probability: 1, afterMs: 0, behaviour: { drop: true } }],
      } as never);
      const before = mined;
      await waitFor('blocks while nodes are dead', async () => mined >= before + 6);
      network.faults.remove();
      if (kill % 2 === 1) await world.nextSession();
    }
    for (let rollover = NODE_KILLS / 2; rollover < ROLLOVERS; rollover += 1) await world.nextSession();
    mining = false;
    await miner;
    const last = Number(await own('eth_blockNumber'));
    const expected = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    await waitFor('the last block', async () => line.news(subscribed.result).length >= expected.length, 20_000);
    await waitFor('the last block at ethers', async () => byEthers.at(-1) === last, 10_000);
    await waitFor('the last block at viem', async () => byViem.length >= expected.length, 10_000);

    const heads = line.news(subscribed.result);
    expect(heads.map((head) => Number(head.number))).toEqual(expected);
    expect(heads.slice(1).map((head) => head.parentHash)).toEqual(heads.slice(0, -1).map((head) => head.hash));
    expect(byEthers).toEqual(expected);
    // viem asks for each announced block itself, and one of its answers may overtake another.
    expect(byViem.map(Number).toSorted((left, right) => left - right)).toEqual(expected);
    expect(line.closedWith).toBeNull();
    unwatch();
    await ethers.destroy();
    line.socket.close();
    await waitFor('followers to end', async () => (await metric('gateway_websocket_subscriptions')) === 0);
  }, 60_000);
});

describe('a subscriber to logs', () => {
  it('gets the logs of its filter, and gets them again as removed when the chain reorganises', async () => {
    // log1(0, 32, 42) whenever it is called: PUSH1 42, PUSH1 32, PUSH1 0, LOG1, STOP behind a constructor that returns it.
    const deployed = await own<string>('eth_sendTransaction', [
      { from: ANVIL_ACCOUNT.address, gas: '0xf4240', data: '0x6008600c60003960086000f3602a60206000a100' },
    ]);
    const { contractAddress } = await own<{ contractAddress: string }>('eth_getTransactionReceipt', [deployed]);
    const line = await Line.open(urlOf());
    const topic = `0x${'2a'.padStart(64, '0')}`;
    const matching = await line.ask('eth_subscribe', ['logs', { address: contractAddress, topics: [topic] }]);
    const others = await line.ask('eth_subscribe', ['logs', { topics: [`0x${'ff'.repeat(32)}`] }]);
    const snapshot = await own<string>('evm_snapshot');
    const hash = await own<string>('eth_sendTransaction', [{ from: ANVIL_ACCOUNT.address, to: contractAddress }]);
    await waitFor('the log', async () => line.news(matching.result).length === 1, 20_000);
    expect(line.news(matching.result)[0]).toMatchObject({ transactionHash: hash, removed: false, topics: [topic] });

    await own('evm_revert', [snapshot]);
    for (let block = 0; block < 3; block += 1) await mine();
    await waitFor('the removal', async () => line.news(matching.result).length === 2, 20_000);
    expect(line.news(matching.result)[1]).toMatchObject({ transactionHash: hash, removed: true });
    expect(line.news(others.result)).toEqual([]);
    expect((await line.ask('eth_unsubscribe', [matching.result])).result).toBe(true);
    expect((await line.ask('eth_unsubscribe', [matching.result])).result).toBe(false);
    line.socket.close();
  });
});

describe('a subscriber to pending transactions', () => {
  it('hears of those in the pending block', async () => {
    const line = await Line.open(urlOf());
    const { result } = await line.ask('eth_subscribe', ['newPendingTransactions']);
    await own('evm_setAutomine', [false]);
    const hash = await own<string>('eth_sendTransaction', [
      { from: ANVIL_ACCOUNT.address, to: ANVIL_ACCOUNT.address, gas: '0x5208' },
    ]);
    await waitFor('the hash', async () => line.news(result).length > 0, 20_000);
    expect(line.news(result)).toEqual([hash]);
    await mine();
    await own('evm_setAutomine', [true]);
    line.socket.close();
  });
});

describe('limits of a connection', () => {
  it('100 subscriptions, then a refusal that says so; identical ones share one follower', async () => {
    const line = await Line.open(urlOf());
    const relaysBefore = await metric('gateway_journal_receipts_total');
    const answers = await Promise.all(Array.from({ length: 101 }, () => line.ask('eth_subscribe', ['newHeads'])));
    expect(answers.filter(({ result }) => typeof result === 'string')).toHaveLength(100);
    expect(answers.find(({ error }) => error !== undefined)?.error).toMatchObject({
      code: -32600,
      data: { reason: 'size', limit: 100 },
    });
    await mine();
    await waitFor('a head for each', async () => line.messages.filter(({ params }) => params).length >= 100, 20_000);
    // A start of two relays, and looks for one block; not a hundred of them.
    expect((await metric('gateway_journal_receipts_total')) - relaysBefore).toBeLessThan(40);
    expect(await metric('gateway_websocket_notifications_total')).toBeGreaterThanOrEqual(100);
    line.socket.close();
  });

  it('tells a spent daily limit in band and keeps the connection', async () => {
    const small = await world.endpoint(await world.stake(60n), { dailyRelays: 6 });
    const line = await Line.open(urlOf(small));
    expect((await line.ask('eth_subscribe', ['newHeads'])).result).toMatch(/^0x/);
    const told = await waitFor(
      'the limit to be spent',
      async () => line.messages.find(({ error }) => error?.code === -32068) ?? (await mine(), false),
      20_000,
    );
    expect(told).toMatchObject({ id: null, error: { data: { reason: 'quota', limit: 6 } } });
    expect((await line.ask('eth_subscribe', ['newPendingTransactions'])).error?.code).toBe(-32068);
    expect((await line.ask('eth_chainId', [])).result).toBe('0x7a69');
    expect(line.closedWith).toBeNull();
    line.socket.close();
  });

  it('closes with 1008 when the key of a subscriber is revoked', async () => {
    const doomed = await world.endpoint(await world.stake(70n));
    const line = await Line.open(urlOf(doomed));
    expect((await line.ask('eth_subscribe', ['newHeads'])).result).toMatch(/^0x/);
    await world.dataSource.query('UPDATE tenancy.api_keys SET revoked_at = now() WHERE key_id = $1', [doomed.keyId]);
    await waitFor('the close', async () => line.closedWith === 1008, 20_000);
  });

  it('refuses what is not served, by name', async () => {
    const line = await Line.open(urlOf());
    expect((await line.ask('eth_subscribe', ['syncing'])).error?.data['reason']).toBe('params');
    expect((await line.ask('accountSubscribe', [])).error?.data['reason']).toBe('method');
    line.socket.close();
  });
});
