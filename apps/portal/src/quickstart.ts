import { PortalProblem, PortalUnreachable } from '#libs/client';
import { type GlobalOptions, clientOf, connectionOf } from './connection.js';
import type { Io } from './io.js';

/** What `portal quickstart` takes. */
export interface QuickstartOptions extends GlobalOptions {
  readonly name: string;
  readonly chain: string;
  readonly stakePokt: string;
  readonly output: string;
}

/** The answer waits for the first session that counts the stake; where sessions are longer, the first relay waits for the rest. */
const WAIT_SECONDS = 60;
const RELAY_ATTEMPTS_MAX = 60;
const RELAY_PAUSE_MS = 1_000;

/**
 * From nothing to a first relay: tenant, staked application, endpoint, key, relay, with progress on standard error and the endpoint's URL on
 * standard output. Five calls where a session takes less than a minute.
 *
 * @throws PortalProblem, PortalUnreachable as any command; Error when no relay is answered in time
 */
export async function quickstart(options: QuickstartOptions, io: Io): Promise<void> {
  const portal = clientOf(connectionOf(options, io), io);
  const step = async <T>(place: number, text: string, work: () => Promise<T>): Promise<T> => {
    io.err(`${place}/5  ${text} … `);
    const result = await work().catch((error: unknown) => {
      io.err('no\n');
      throw error;
    });
    io.err('ok\n');
    return result;
  };
  const { tenantId } = await step(1, `tenant “${options.name}”`, () =>
    portal.call('createTenant', { body: { name: options.name } }),
  );
  const { applicationId, dailyRelaysMax } = await step(2, `application with a stake of ${options.stakePokt} POKT`, () =>
    portal.call('createApplication', {
      path: { tenantId },
      body: { source: 'managed', name: options.name, chains: [options.chain], stakePokt: options.stakePokt },
      waitSeconds: WAIT_SECONDS,
    }),
  );
  const { endpointId } = await step(3, `endpoint (${dailyRelaysMax} relays a day)`, () =>
    portal.call('createEndpoint', {
      path: { tenantId },
      body: { name: options.name, applicationIds: [applicationId] },
    }),
  );
  const { keyId, url: template } = await step(4, 'API key, shown once below', () =>
    portal.call('createKey', { path: { tenantId, endpointId }, body: { name: options.name } }),
  );
  const url = template.replace('{chain}', options.chain);
  const block = await step(5, 'first relay: the block number', () => firstRelay(url, io));
  io.err(`\nBlock ${block}. The endpoint, for wallets, ethers and curl:\n`);
  if (options.output === 'table') {
    io.out(`${url}\n`);
    io.err(`\nWhat was made: tenant ${tenantId}, application ${applicationId}, endpoint ${endpointId}, key ${keyId}\n`);
  } else {
    io.out(`${JSON.stringify({ url, tenantId, applicationId, endpointId, keyId, block: String(block) })}\n`);
  }
}

async function firstRelay(url: string, io: Io): Promise<bigint> {
  for (let attempt = 1; ; attempt += 1) {
    const request = new Request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}',
      signal: io.signal,
    });
    const response = await io.fetch(request).catch((error: unknown) => {
      throw new PortalUnreachable(url, error);
    });
    const answer = (await response.json()) as { result?: string; error?: { message: string } };
    if (answer.result !== undefined) return BigInt(answer.result);
    if (attempt >= RELAY_ATTEMPTS_MAX) {
      throw new PortalProblem(
        response.status,
        { title: 'No relay was answered', detail: answer.error?.message ?? '' },
        url,
      );
    }
    if (attempt === 1) io.err('(the stake counts from the next session on) ');
    await io.sleep(RELAY_PAUSE_MS);
  }
}
