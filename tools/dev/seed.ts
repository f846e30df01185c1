import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { adminUrl, devnetUrl } from './apps.js';
import { endpointUrl } from './announce.js';
import type { DevConfig } from './config.js';
import { DEMO_STAKE_POKT, type Demo, demoSchema } from './demo.js';
import { waitFor } from './wait.js';

/** Where the demo tenant is made. */
export interface SeedSettings {
  readonly config: DevConfig;
  readonly directory: string;
  readonly adminToken: string;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

type Progress = Partial<Demo>;

/**
 * Makes the demo tenant through the admin API, as an operator would: tenant, application (25,000 POKT staked by a
 * transaction), endpoint, API key. Each step is remembered, so that a second start makes nothing twice and one that was
 * interrupted goes on where it was. Resolves once the endpoint answers a relay.
 */
export async function seedDemo(settings: SeedSettings): Promise<{ readonly demo: Demo; readonly isNew: boolean }> {
  const file = join(settings.directory, 'demo.json');
  let progress: Progress = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : {};
  const isNew = progress.apiKey === undefined;
  const remember = (step: Progress): void => {
    progress = { ...progress, ...step };
    writeFileSync(`${file}.new`, `${JSON.stringify(progress, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const post = <T>(path: string, body: object, schema: z.ZodType<T>): Promise<T> =>
    postAdmin(settings, path, body, schema);

  if (!progress.tenantId) remember(await post('/v1/tenants', { name: 'Demo' }, z.object({ tenantId: z.string() })));
  const tenant = `/v1/tenants/${progress.tenantId}`;
  if (!progress.applicationId) {
    const body = {
      source: 'managed',
      name: 'Demo application',
      chains: ['0021'],
      stakePokt: String(DEMO_STAKE_POKT),
    };
    remember(await post(`${tenant}/applications`, body, z.object({ applicationId: z.string() })));
  }
  if (!progress.endpointId) {
    const body = { name: 'Demo endpoint', applicationIds: [progress.applicationId] };
    remember(await post(`${tenant}/endpoints`, body, z.object({ endpointId: z.string() })));
  }
  if (!progress.apiKey) {
    const made = await post(
      `${tenant}/endpoints/${progress.endpointId}/keys`,
      { name: 'Demo key' },
      z.object({ key: z.string() }),
    );
    remember({ apiKey: made.key });
  }
  const demo = demoSchema.parse(progress);
  await stakeInForce(settings, `${tenant}/applications/${demo.applicationId}`);
  await firstRelay(endpointUrl(settings.config, demo), settings.signal);
  return { demo, isNew };
}

async function postAdmin<T>(settings: SeedSettings, path: string, body: object, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(`${adminUrl(settings.config)}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${settings.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.any([settings.signal, AbortSignal.timeout(60_000)]),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(
      `The admin API refused to make the demo (${response.status} on POST ${path}): ${text.slice(0, 500)}. ` +
        'If the data does not fit this version, begin anew with: npm start -- --reset',
    );
  }
  return schema.parse(JSON.parse(text));
}

/** A stake counts from the next session on; a relay before that would only be refused. */
async function stakeInForce(settings: SeedSettings, path: string): Promise<void> {
  await waitFor(
    async () => {
      const { usableFromHeight } = await getJson(
        `${adminUrl(settings.config)}${path}`,
        z.object({ usableFromHeight: z.number().nullable() }),
        { authorization: `Bearer ${settings.adminToken}` },
      );
      const { height } = await getJson(
        `${devnetUrl(settings.config)}/v1/devnet/summary`,
        z.object({ height: z.number() }),
      );
      return usableFromHeight !== null && height >= usableFromHeight;
    },
    120_000,
    settings.signal,
    250,
  ).catch((error: Error) => {
    settings.signal.throwIfAborted();
    throw new Error(`The demo application's stake did not come into force (${error.message}).`, { cause: error });
  });
}

async function getJson<T>(url: string, schema: z.ZodType<T>, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(5_000) });
  return schema.parse(await response.json());
}

/** Resolves when the endpoint answers: the gateway may learn of the session a moment after the ledger. */
async function firstRelay(url: string, signal: AbortSignal): Promise<void> {
  let last = 'no answer';
  const answered = async (): Promise<boolean> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}',
      signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
    });
    last = await response.text();
    const answer = JSON.parse(last) as { result?: string; error?: { code: number } };
    // A daily limit that is spent is an endpoint that works.
    return answer.result !== undefined || answer.error?.code === DAILY_LIMIT_SPENT;
  };
  await waitFor(answered, 120_000, signal, 500).catch((error: Error) => {
    signal.throwIfAborted();
    throw new Error(`The demo endpoint answers no relay (${error.message}). Its last answer: ${last.slice(0, 500)}`);
  });
}

const DAILY_LIMIT_SPENT = -32_068;
