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
  /** Of these, given later than {@link DETECTION_MS} after the fault began. */
  readonly wrongLate: number;
  /** Relays beyond one per call, as a share of calls; probes are apart. */
  readonly extraShare: number;
  readonly probes: number;
  readonly hedges: number;
  readonly p99Ms: number;
}

const CLIENTS = 10;
/** By then probes, which look at each node once a second, must have found a node out. */
const DETECTION_MS = 1_500;
const QUESTIONS: ReadonlyArray<readonly [string, readonly unknown[]]> = [
  ['eth_getBlockByNumber', ['0x5', false]],
  ['eth_blockNumber', []],
  ['eth_getBalance', ['0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266', 'latest']],
];

/** One case with a gateway that knows nothing yet: a short time of health, then the fault on `count` nodes of the session. */
export async function rehearseCase(
  stack: Stack,
  tenant: DemoTenant,
  behaviour: Behaviour,
  count: number,
  forMs: number,
): Promise<CaseResult> {
  const [gateway] = stack.gateways;
  if (gateway === undefined) throw new Error('the stack has no gateway');
  await gateway.process.kill();
  await gateway.start();
  const url = await stack.serving(tenant);
  const truths = await Promise.all(
    QUESTIONS.map(([method, params]) => rpc<unknown>(stack.anvil.url, method, [...params])),
  );
  const healthy = performance.now() + 500;
  await clients(url, truths, healthy, 0);
  const before = await counters(gateway.metricsUrl);
  const begun = performance.now();
  await putFaults(stack, await sessionNodes(stack, tenant, count), behaviour);
  const seen = await clients(url, truths, begun + forMs, begun);
  const after = await counters(gateway.metricsUrl);
  await fetch(`${stack.rpcUrl}/v1/devnet/faults`, { method: 'DELETE' });
  const attempts = after.attempts - before.attempts;
  seen.latencies.sort((a, b) => a - b);
  return {
    ...seen,
    extraShare: Math.max(0, attempts - seen.calls) / Math.max(1, seen.calls),
    probes: after.probes - before.probes,
    hedges: after.hedges - before.hedges,
    p99Ms: seen.latencies[Math.floor(seen.latencies.length * 0.99)] ?? 0,
  };
}

async function clients(url: string, truths: readonly unknown[], untilMs: number, begunMs: number) {
  const seen = { calls: 0, failed: 0, wrong: 0, wrongLate: 0, latencies: [] as number[] };
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
        if (endedMs - begunMs > DETECTION_MS) seen.wrongLate += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)));
  return seen;
}

/** Numbers of the first `count` nodes of the application's session. */
async function sessionNodes(stack: Stack, tenant: DemoTenant, count: number): Promise<readonly number[]> {
  const rows: Array<{ public_key: string }> = await stack.dataSource.query(
    'SELECT public_key FROM tenancy.applications WHERE application_id = $1',
    [tenant.applicationId],
  );
  const answer = await fetch(`${stack.rpcUrl}/v1/client/dispatch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ app_public_key: rows[0]?.public_key ?? '', chain: '0021', session_height: 0 }),
  });
  const { session } = (await answer.json()) as { session: { nodes: ReadonlyArray<{ service_url: string }> } };
  const summary = (await (await fetch(`${stack.rpcUrl}/v1/devnet/summary`)).json()) as {
    nodes: ReadonlyArray<{ serviceUrl: string }>;
  };
  const numbers = session.nodes.map(({ service_url: url }) =>
    summary.nodes.findIndex((node) => node.serviceUrl === url),
  );
  if (numbers.includes(-1)) throw new Error('a node of the session is not one of the network');
  return numbers.slice(0, count);
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
