import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FetchRequest, JsonRpcProvider } from 'ethers';
import { createPublicClient, http } from 'viem';
import { Web3 } from 'web3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE, type ErrorReason } from '#libs/jsonrpc';
import { type Edge, startEdge } from '../integration/gateway-edge.js';

/** How long a client is watched; viem's retries take 1.1 s, ethers' go on for minutes and are cut off. */
const WATCHED_MS = 4_000;
const HITS_PER_SECOND_MAX = 4;
let edge: Edge;

beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge?.close());

/** MetaMask's own client of RPC endpoints, which its package does not name among its exports. */
interface RpcService {
  request(call: object): Promise<{ readonly error?: unknown }>;
}
const requireHere = createRequire(import.meta.url);
const { RpcService } = requireHere(
  join(dirname(requireHere.resolve('@metamask/network-controller/package.json')), 'dist/rpc-service/rpc-service.cjs'),
) as { RpcService: new (options: object) => RpcService };

/** What a client's user can see: everything the error says, at any depth. */
function visible(error: unknown): string {
  const seen = new Set<unknown>();
  const walk = (value: unknown): string => {
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null || seen.has(value)) return '';
    seen.add(value);
    return Object.getOwnPropertyNames(value)
      .map((name) => walk((value as Record<string, unknown>)[name]))
      .join('\n');
  };
  return walk(error);
}

const watched = <T>(work: Promise<T>): Promise<unknown> =>
  Promise.race([
    work.then(
      () => 'answered',
      (error: unknown) => error,
    ),
    new Promise((resolve) => setTimeout(() => resolve('still trying'), WATCHED_MS)),
  ]);

const CLIENTS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  viem: (url) => watched(createPublicClient({ transport: http(url) }).getBlockNumber()),
  ethers: async (url) => {
    const provider = new JsonRpcProvider(new FetchRequest(url), 1, { staticNetwork: true });
    const outcome = await watched(provider.getBlockNumber());
    provider.destroy();
    return outcome;
  },
  web3: (url) => watched(new Web3(url).eth.getBlockNumber()),
  MetaMask: (url) =>
    watched(
      new RpcService({ fetch, btoa, endpointUrl: url })
        .request({ id: 1, jsonrpc: '2.0', method: 'eth_blockNumber', params: [] })
        .then((answer) =>
          answer.error === undefined ? answer : Promise.reject(new Error('refused', { cause: answer })),
        ),
    ),
};

/** Requests the gateway receives for one call of the client; measured, and part of the contract. */
function hitsExpected(client: string, reason: ErrorReason, status: number): number | 'backs off' {
  if (client === 'viem') return ['rate', 'busy', 'internal'].includes(reason) ? 4 : 1;
  if (client === 'ethers' && status === 429) return 'backs off';
  if (client === 'MetaMask' && status >= 502) return 5;
  return 1;
}

/** What the client shows: our text, but for MetaMask, which reads no body unless the status is 200. */
function textExpected(client: string, message: string, status: number): string {
  if (client !== 'MetaMask' || status === 200) return message.slice(0, 30);
  if (status === 401) return 'Unauthorized';
  if (status === 429) return 'Request is being rate limited';
  if (status === 402 || status === 404 || status >= 500) return 'RPC endpoint not found or unavailable';
  return 'RPC endpoint returned HTTP client error';
}

/** Most hits within any second. */
function perSecond(hits: readonly number[]): number {
  return Math.max(0, ...hits.map((from) => hits.filter((at) => at >= from && at < from + 1_000).length));
}

describe.each(['wallet', 'strict'] as const)('in %s style', (style) => {
  it.concurrent.each(Object.keys(CLIENTS).flatMap((client) => ERROR_CATALOGUE.map((row) => ({ client, ...row }))))(
    '$client shows "$reason" with its text and asks no more often than the contract says',
    async ({ client, reason, message, status }) => {
      const key = `${style}.${reason}.${client}`;
      const outcome = await CLIENTS[client]!(`${edge.url}/v1/${key}/eth-mainnet`);
      const hits = edge.hits(key);
      const expected = hitsExpected(client, reason, status[style]);
      expect(expected === 'backs off' ? hits.length <= 12 : hits.length === expected, `${hits.length} hits`).toBe(true);
      expect(perSecond(hits)).toBeLessThanOrEqual(HITS_PER_SECOND_MAX);
      const text = textExpected(client, message, status[style]);
      expect(outcome === 'still trying' ? text : visible(outcome)).toContain(text);
      expect(outcome).not.toBe('answered');
    },
  );
});

it('keeps what MetaMask must show its user at HTTP 200 in wallet style, and nothing that opens its breaker', () => {
  for (const row of ERROR_CATALOGUE) {
    expect(row.status.wallet).toBeLessThan(500);
    expect(row.status.wallet).not.toBe(402);
  }
  for (const reason of ['quota', 'upstream', 'timeout', 'internal', 'method', 'params', 'method-policy']) {
    expect(ERROR_CATALOGUE.find((row) => row.reason === reason)?.status.wallet).toBe(200);
  }
});
