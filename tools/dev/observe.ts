import { z } from 'zod';
import { endpointUrl } from './announce.js';
import { devnetUrl } from './apps.js';
import type { DevConfig } from './config.js';
import type { Demo } from './demo.js';
import { parseMetrics, sumOf } from './prometheus.js';

/** What one look at the running system found; null where a process did not answer. */
export interface Observation {
  /** Relays answered to clients by each gateway since it started, by name of the gateway. */
  readonly relays: ReadonlyMap<number, number>;
  /** Relays that the demo application has left until 00:00 UTC. */
  readonly leftToday: number | null;
  readonly network: Network | null;
}

const networkSchema = z.object({
  height: z.number(),
  sessionHeight: z.number(),
  blocksPerSession: z.number(),
  claimsSettled: z.number(),
  mintedUpokt: z.string().transform((text) => BigInt(text)),
});

/** The part of devnet's summary that is shown. */
export type Network = z.infer<typeof networkSchema>;

/** One look at gateways, devnet and the endpoint; a process that is away leaves its part empty. */
export async function observe(config: DevConfig, demo: Demo): Promise<Observation> {
  const [relays, leftToday, network] = await Promise.all([
    Promise.all(
      Array.from({ length: config.GATEWAY_PROCESSES }, async (_unused, index) => {
        const count = await quietly(() => relaysOf(config.GATEWAY_METRICS_PORT + index));
        return [index, count] as const;
      }),
    ),
    quietly(() => leftTodayOf(endpointUrl(config, demo))),
    quietly(async () => networkSchema.parse(await (await get(`${devnetUrl(config)}/v1/devnet/summary`)).json())),
  ]);
  return {
    relays: new Map(relays.flatMap(([index, count]) => (count === null ? [] : [[index, count]]))),
    leftToday,
    network,
  };
}

async function relaysOf(metricsPort: number): Promise<number> {
  const text = await (await get(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return sumOf(parseMetrics(text), 'gateway_calls_total', { outcome: 'served' });
}

/** `eth_chainId` is answered by the gateway itself and costs nothing, and every answer says what is left. */
async function leftTodayOf(url: string): Promise<number | null> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
    signal: AbortSignal.timeout(2_000),
  });
  await response.arrayBuffer();
  const remaining = response.headers.get('ratelimit-remaining');
  return remaining === null ? null : Number(remaining);
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

async function quietly<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}
