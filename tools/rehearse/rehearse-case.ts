import { isDeepStrictEqual } from 'node:util';
import type { Behaviour } from '../../apps/devnet/src/faults/fault-script.js';
import { rpc } from '../stack/anvil.js';
import type { DemoTenant, Stack } from '../stack/stack.js';

/** What 10 clients saw while nodes misbehaved. */
export interface CaseResult {
  readonly calls: number;
  readonly failed: number;
  /** Answers that differ from the chain's own. */
  readonly wrong: number;
  /** When the last of these came, in milliseconds after the fault began; null when there was none. */
  readonly lastWrongMs: number | null;
  /** Relays beyond one per call, probes included, as a share of calls. */
  readonly extraShare: number;
  readonly probes: number;
  readonly hedges: number;
  readonly p99Ms: number;
}

const CLIENTS = 10;
/** Health before the fault, in which the gateway learns what the nodes agree on. */
const HEALTHY_MS = 400;
/** A case is worth nothing when the session ended in it: other nodes served then. */
const TRIES_MAX = 4;
const QUESTIONS: ReadonlyArray<readonly [string, readonly unknown[]]> = [
  ['eth_getBlockByNumber', ['0x5', false]],
  ['eth_blockNumber', []],
  ['eth_getBalance', ['0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266', 'latest']],
];

/** The bars of the acceptance that a case misses, by name. */
export function missedBars(result: CaseResult): readonly string[] {
  const missed: string[] = [];
  if (result.wrong > 0) missed.push('wrong');
  if (result.calls === 0 || result.failed > result.calls * 0.001) missed.push('success');
  if (result.extraShare > 0.1) missed.push('extra');
  return missed;
}

/** One case with a gateway that knows nothing yet: a short time of health, then the fault on `count` nodes of the session. */
export async function rehearseCase(
  stack: Stack,
  tenant: DemoTenant,
  behaviour: Behaviour,
  count: number,
  forMs: number,
): Promise<CaseResult> {
  for (let tries = 1; ; tries += 1) {
    const { result, startHeight } = await once(stack, tenant, behaviour, count, forMs);
    if (startHeight === (await sessionOf(stack, tenant)).startHeight || tries === TRIES_MAX) return result;
  }
}

async function once(
  stack: Stack,
  tenant: DemoTenant,
  behaviour: Behaviour,
  count: number,
  forMs: number,
): Promise<{ readonly result: CaseResult; readonly startHeight: number }> {
  const [gateway] = stack.gateways;
  if (gateway === undefined) throw new Error('the stack has no gateway');
  await gateway.process.kill();
  await gateway.start();
  const url = await stack.serving(tenant);
  const truths = await Promise.all(
    QUESTIONS.map(([method, params]) => rpc<unknown>(stack.anvil.url, method, [...params])),
  );
  await clients(url, truths, performance.now() + HEALTHY_MS, 0);
  const before = await counters(gateway.metricsUrl);
  const { startHeight, nodes } = await sessionOf(stack, tenant);
  await putFaults(stack, nodes.slice(0, count), behaviour);
  const begun = performance.now();
  const seen = await clients(url, truths, begun + forMs, begun);
  const after = await counters(gateway.metricsUrl);
  await fetch(`${stack.rpcUrl}/v1/devnet/faults`, { method: 'DELETE' });
  const { latencies, ...counts } = seen;
  latencies.sort((a, b) => a - b);
  const probes = after.probes - before.probes;
  const result: CaseResult = {
    ...counts,
    // Probes cost stake like any other relay.
    extraShare: Math.max(0, after.attempts - before.attempts + probes - seen.calls) / Math.max(1, seen.calls),
    probes,
    hedges: after.hedges - before.hedges,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
  };
  return { result, startHeight };
}

async function clients(url: string, truths: readonly unknown[], untilMs: number, begunMs: number) {
  const seen = { calls: 0, failed: 0, wrong: 0, lastWrongMs: null as number | null, latencies: [] as number[] };
  const client = async (first: number): Promise<void> => {
    for (let turn = first; performance.now() < untilMs; turn += 1) {
      const [method, params] = QUESTIONS[turn % QUESTIONS.length] ?? ['eth_blockNumber', []];
      const startedMs = performance.now();
      const result = await rpc<unknown>(url, method, [...params]).catch(() => undefined);
      const endedMs = performance.now();
      seen.calls += 1;
      seen.latencies.push(endedMs - startedMs);
      if (result === undefined) seen.failed += 1;
      else if (!isDeepStrictEqual(result, truths[turn % QUESTIONS.length])) {
        seen.wrong += 1;
        seen.lastWrongMs = endedMs - begunMs;
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)));
  return seen;
}

/** The application's session of now, with the numbers of its nodes. */
async function sessionOf(
  stack: Stack,
  tenant: DemoTenant,
): Promise<{ readonly startHeight: number; readonly nodes: readonly number[] }> {
  const rows: Array<{ public_key: string }> = await stack.dataSource.query(
    'SELECT public_key FROM tenancy.applications WHERE application_id = $1',
    [tenant.applicationId],
  );
  const answer = await fetch(`${stack.rpcUrl}/v1/client/dispatch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_public_key: rows[0]?.public_key ?? '', chain: '0021', session_height: 0 }),
  });
  const { session } = (await answer.json()) as {
    session: { header: { session_height: number }; nodes: ReadonlyArray<{ service_url: string }> };
  };
  const summary = (await (await fetch(`${stack.rpcUrl}/v1/devnet/summary`)).json()) as {
    nodes: ReadonlyArray<{ serviceUrl: string }>;
  };
  const numbers = session.nodes.map(({ service_url: url }) =>
    summary.nodes.findIndex((node) => node.serviceUrl === url),
  );
  if (numbers.includes(-1)) throw new Error('a node of the session is not one of the network');
  return { startHeight: session.header.session_height, nodes: numbers };
}

async function putFaults(stack: Stack, nodes: readonly number[], behaviour: Behaviour): Promise<void> {
  const installed = await fetch(`${stack.rpcUrl}/v1/devnet/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules: [{ nodes, behaviour }] }),
  });
  if (!installed.ok) throw new Error(`the faults were refused: ${await installed.text()}`);
}

async function counters(metricsUrl: string): Promise<{ attempts: number; probes: number; hedges: number }> {
  const text = await (await fetch(metricsUrl)).text();
  const sum = (name: string): number =>
    text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`))
      .reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
  return {
    attempts: sum('gateway_relay_attempts_total'),
    probes: sum('gateway_probes_total'),
    hedges: sum('gateway_hedges_total'),
  };
}
