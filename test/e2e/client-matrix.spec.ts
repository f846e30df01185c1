import { FetchRequest, JsonRpcProvider } from 'ethers';
import { createPublicClient, http } from 'viem';
import { Web3 } from 'web3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE, type ErrorReason } from '#libs/jsonrpc';
import { type Edge, startEdge } from '../integration/gateway-edge.js';

/** How long a client is watched; viem's retries take 1.1 s, ethers' go on for minutes and are cut off. */
const WATCHED_MS = 4_000;
const HITS_PER_SECOND_MAX = 4;
/**
 * ethers answers 429 with a random backoff that may begin with several pauses of zero: its n-th pause is zero with a chance of
 * 2^-n, so a ninth request within a second is out of the question and a fifth is not. Only a Retry-After that it reads as
 * milliseconds, and everyone else as seconds, would slow it down further.
 */
const RANDOM_BACKOFF_HITS_PER_SECOND_MAX = 8;

let edge: Edge;

beforeAll(async () => {
  edge = await startEdge();
});
afterAll(() => edge?.close());

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
};

/** Requests the gateway receives for one call of the client; measured, and part of the contract. */
function hitsExpected(client: string, reason: ErrorReason, status: number): number | 'backs off' {
  if (client === 'viem') return ['rate', 'busy', 'internal'].includes(reason) ? 4 : 1;
  if (client === 'ethers' && status === 429) return 'backs off';
  return 1;
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
      expect(perSecond(hits)).toBeLessThanOrEqual(
        expected === 'backs off' ? RANDOM_BACKOFF_HITS_PER_SECOND_MAX : HITS_PER_SECOND_MAX,
      );
      expect(outcome === 'still trying' ? message : visible(outcome)).toContain(message.slice(0, 30));
      expect(outcome).not.toBe('answered');
    },
  );
});

// MetaMask's RpcService is not among the dependencies. Its documented behaviour (network-controller 25): the text of a 200 is
// shown as it is; 404, 402 and 5xx become "RPC endpoint not found or unavailable", and 502 to 504 are sent five times.
it('keeps what MetaMask must show its user at HTTP 200 in wallet style, and nothing that opens its breaker', () => {
  for (const row of ERROR_CATALOGUE) {
    expect(row.status.wallet).toBeLessThan(500);
    expect(row.status.wallet).not.toBe(402);
  }
  for (const reason of ['quota', 'upstream', 'timeout', 'internal', 'method', 'params', 'method-policy']) {
    expect(ERROR_CATALOGUE.find((row) => row.reason === reason)?.status.wallet).toBe(200);
  }
});
