import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  AlertChannels,
  AlertDeliveries,
  AlertDispatcher,
  AlertRules,
  type Attempted,
  ChannelSecrets,
  DISABLE_AFTER_MS,
  RETRY_DELAYS_MS,
  claimDelivery,
  dueDeliveries,
  examineUsage,
  guardedAgent,
} from '#libs/alerts';
import { createDataSource } from '#libs/persistence';
import { Mutations, ScopedDatabase, tenancyEntities } from '#libs/tenancy';
import { Webhook } from 'standardwebhooks';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlertReceiver, type Reception } from '../support/alert-receiver.js';
import {
  RELAYS_PER_POKT_PER_DAY,
  addApplication,
  addTenant,
  addUse,
  channelsOf,
  today,
} from '../support/alert-tenants.js';
import { createDatabase } from '../support/database.js';

const context = { actor: 'operator', requestId: null };
const policy = { ports: [443], loopbackHosts: ['127.0.0.1'] };
const timeoutMs = 400;
const http = guardedAgent({ policy, answerTimeoutMs: timeoutMs });
const secrets = new ChannelSecrets(randomBytes(32).toString('hex'));

let dataSource: DataSource;
let mutations: Mutations;
let channels: AlertChannels;
let deliveries: AlertDeliveries;
let rules: AlertRules;
let receiver: AlertReceiver;
let reception: Reception;
let secret: string;
let tenantId: string;
let day: string;
let nowMs: number;
let dispatcher: AlertDispatcher;

beforeAll(async () => {
  dataSource = await createDataSource({ url: await createDatabase(), entities: tenancyEntities });
  const database = new ScopedDatabase(dataSource);
  mutations = new Mutations(database, secrets.sealer);
  channels = channelsOf(dataSource, secrets);
  deliveries = new AlertDeliveries(database, mutations);
  rules = new AlertRules(database, mutations);
  receiver = await AlertReceiver.start(
    () => secret,
    () => reception,
  );
});

beforeEach(async () => {
  receiver.received.length = 0;
  reception = 204;
  nowMs = Date.now();
  tenantId = await addTenant(dataSource);
  day = await today(dataSource);
  dispatcher = new AlertDispatcher({
    dataSource,
    mutations,
    secrets,
    http,
    policy,
    mailer: null,
    timeoutMs,
    retryDelaysMs: RETRY_DELAYS_MS,
    disableAfterMs: DISABLE_AFTER_MS,
    clock: () => nowMs,
    random: () => 0,
  });
});

// What one test leaves undelivered must not be due in the next.
afterEach(() =>
  dataSource.query('TRUNCATE alerts.deliveries, alerts.crossings, alerts.use_notes, alerts.daily_use CASCADE'),
);

afterAll(async () => {
  await receiver.stop();
  await http.destroy();
  await dataSource.destroy();
});

async function webhook(name = 'Receiver') {
  const created = await channels.create(context, tenantId, { kind: 'webhook', name, url: receiver.url });
  secret = created.secret ?? '';
  return created.channelId;
}

const examine = (everything = false) =>
  examineUsage(dataSource, { relaysPerPoktPerDay: RELAYS_PER_POKT_PER_DAY, everything });

async function attemptDue(): Promise<Attempted[]> {
  const due = await dueDeliveries(dataSource, 100);
  return Promise.all(due.map(({ deliveryId }) => dispatcher.attempt(deliveryId)));
}

/** As if so much time had passed for every pending delivery. */
const makeDue = () => dataSource.query(`UPDATE alerts.deliveries SET next_attempt_at = now() WHERE status = 'pending'`);

const thresholdsOf = (bodies: readonly { body: string }[]) =>
  bodies
    .map(({ body }) => (JSON.parse(body) as { data: { threshold: number } }).data.threshold)
    .toSorted((left, right) => left - right);

describe('crossing detection', () => {
  it('reports each threshold once a day, whatever is stored again, late, or examined by many at once', async () => {
    await webhook();
    const applicationId = await addApplication(dataSource, tenantId);
    const use = (relays: number) => addUse(dataSource, { tenantId, applicationId, relays, day });
    await use(4);
    await examine();
    expect(await dueDeliveries(dataSource, 10)).toEqual([]);
    await use(1);
    await Promise.all(Array.from({ length: 8 }, () => examine()));
    await attemptDue();
    expect(thresholdsOf(receiver.received)).toEqual([50]);
    await use(5);
    await Promise.all(Array.from({ length: 8 }, () => examine(true)));
    await examine();
    await attemptDue();
    expect(thresholdsOf(receiver.received)).toEqual([50, 80, 100]);
    await use(10);
    await examine(true);
    expect(await attemptDue()).toEqual([]);
    expect(receiver.received.every(({ verified }) => verified)).toBe(true);
    const { items } = await deliveries.alerts(tenantId, { limit: 10 });
    expect(items.map(({ threshold, limitRelays }) => [threshold, limitRelays])).toEqual(
      expect.arrayContaining([
        [50, '10'],
        [80, '10'],
        [100, '10'],
      ]),
    );
  });

  it('loses nothing of a transaction that is rolled back after it noted its relays', async () => {
    await webhook();
    const applicationId = await addApplication(dataSource, tenantId);
    await addUse(dataSource, { tenantId, applicationId, relays: 9, day });
    const boom = new Error('killed');
    await expect(
      dataSource.transaction(async (manager) => {
        await manager.query('DELETE FROM alerts.use_notes');
        throw boom;
      }),
    ).rejects.toBe(boom);
    expect(await examine()).toMatchObject({ outcome: 'done', crossings: 2, deliveries: 2 });
  });

  it('follows the rules: other thresholds, other subjects, chosen channels, off', async () => {
    const [mine, other] = [await webhook('mine'), await webhook('other')];
    const applicationId = await addApplication(dataSource, tenantId);
    await addApplication(dataSource, tenantId);
    await rules.create(context, tenantId, { name: 'a', thresholds: [30, 90], channelIds: [mine] });
    const whole = await rules.create(context, tenantId, { name: 'b', subject: 'tenant', thresholds: [20] });
    await rules.create(context, tenantId, { name: 'c', thresholds: [10], enabled: false });
    await addUse(dataSource, { tenantId, applicationId, relays: 4, day });
    await examine();
    const { items } = await deliveries.list(tenantId, { limit: 20 });
    expect(items.filter(({ channelId }) => channelId === mine)).toHaveLength(2);
    expect(items.filter(({ channelId }) => channelId === other)).toHaveLength(1);
    // A threshold that is reached already is reported once the rule asks for it, without another relay.
    await rules.update(context, tenantId, whole.ruleId, { thresholds: [15] });
    expect(await examine(true)).toMatchObject({ crossings: 1 });
  });

  it('notices a limit that has shrunk below what is used', async () => {
    await webhook();
    const applicationId = await addApplication(dataSource, tenantId);
    await addUse(dataSource, { tenantId, applicationId, relays: 4, day });
    expect(await examine()).toMatchObject({ crossings: 0 });
    await dataSource.query('UPDATE tenancy.applications SET staked_upokt = 8000000 WHERE application_id = $1', [
      applicationId,
    ]);
    expect(await examine(true)).toMatchObject({ crossings: 1 });
  });
});

describe('delivery', () => {
  it('is tried by the schedule with the same id and body, then fails, and every attempt is in the log', async () => {
    const channelId = await webhook();
    reception = 500;
    const { deliveryId } = await deliveries.test(context, tenantId, channelId);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= RETRY_DELAYS_MS.length + 1; attempt += 1) {
      expect(await attemptDue()).toMatchObject([{ outcome: 'retry' }]);
      const [row] = await dataSource.query<[{ seconds: number; status: string }]>(
        `SELECT EXTRACT(epoch FROM next_attempt_at - now())::float8 AS seconds, status FROM alerts.deliveries WHERE delivery_id = $1`,
        [deliveryId],
      );
      if (row.status === 'pending') pauses.push(Math.round(row.seconds));
      expect(await attemptDue()).toEqual([]);
      await makeDue();
    }
    expect(pauses.map((seconds, index) => Math.abs(seconds * 1_000 - RETRY_DELAYS_MS[index]!) <= 1_000)).toEqual(
      RETRY_DELAYS_MS.map(() => true),
    );
    expect(new Set(receiver.received.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
    const { log, status, attempts } = await deliveries.get(tenantId, deliveryId);
    expect({ status, attempts, logged: log.length }).toEqual({ status: 'failed', attempts: 10, logged: 10 });
    expect(log[0]).toMatchObject({ outcome: 'retry', status: 500, error: 'status 500', answer: 'taken' });
  });

  it('does not follow redirects, and gives up on a receiver that hangs or closes', async () => {
    const channelId = await webhook();
    for (const [how, error] of [
      [302, 'redirects are not followed (302)'],
      ['hang', 'no answer within 400 ms'],
      ['lose', expect.stringMatching(/^no connection or no answer \(/)],
    ] as const) {
      reception = how;
      const { deliveryId } = await deliveries.test(context, tenantId, channelId);
      expect(await dispatcher.attempt(deliveryId)).toMatchObject({ outcome: 'retry' });
      expect((await deliveries.get(tenantId, deliveryId)).lastError).toEqual(error);
    }
  });

  it('is claimed by one of many, and by another one when the claim has ended', async () => {
    const channelId = await webhook();
    const { deliveryId } = await deliveries.test(context, tenantId, channelId);
    const claims = await Promise.all(Array.from({ length: 10 }, () => claimDelivery(dataSource, deliveryId, 60_000)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    expect(await attemptDue()).toEqual([]);
    await dataSource.query('UPDATE alerts.deliveries SET claimed_until = now() WHERE delivery_id = $1', [deliveryId]);
    expect(await attemptDue()).toMatchObject([{ outcome: 'delivered' }]);
    expect(receiver.received).toHaveLength(1);
  });

  it('of one channel never takes the places of the others', async () => {
    const slow = await webhook('slow');
    for (let n = 0; n < 20; n += 1) await deliveries.test(context, tenantId, slow);
    const fast = await webhook('fast');
    const { deliveryId } = await deliveries.test(context, tenantId, fast);
    const due = await dueDeliveries(dataSource, 10);
    expect(due).toHaveLength(5);
    expect(due.map((one) => one.deliveryId)).toContain(deliveryId);
    await claimDelivery(dataSource, due[0]!.deliveryId, 60_000);
    await claimDelivery(dataSource, due[1]!.deliveryId, 60_000);
    expect(await dueDeliveries(dataSource, 10)).toHaveLength(3);
  });

  it('carries both signatures while a secret is rotated, and one when the overlap is over', async () => {
    const channelId = await webhook();
    const before = secret;
    const rotated = await channels.rotateSecret(context, tenantId, channelId, { overlapSeconds: 3_600 });
    await deliveries.test(context, tenantId, channelId);
    await attemptDue();
    const [message] = receiver.received;
    for (const key of [before, rotated.secret!]) {
      expect(() => new Webhook(key).verify(message!.body, { ...message!.headers })).not.toThrow();
    }
    await channels.rotateSecret(context, tenantId, channelId, { overlapSeconds: 0 });
    receiver.received.length = 0;
    await deliveries.test(context, tenantId, channelId);
    await attemptDue();
    expect(receiver.received[0]!.headers['webhook-signature']).toMatch(/^v1,[^ ]+$/);
  });

  it('verifies with the snippet of docs/alerts.md', async () => {
    const channelId = await webhook();
    await deliveries.test(context, tenantId, channelId);
    await attemptDue();
    const snippet = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/alerts.md', 'utf8'))?.[1] ?? '';
    const { isOurs } = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(snippet)}`)) as {
      isOurs: (secret: string, headers: object, body: string) => boolean;
    };
    const { headers, body } = receiver.received[0]!;
    expect(isOurs(secret, headers, body)).toBe(true);
    expect(isOurs(secret, headers, `${body} `)).toBe(false);
    expect(isOurs(secret, { ...headers, 'webhook-timestamp': '1' }, body)).toBe(false);
  });

  it('is sent again on request with its id: one, or all that failed since', async () => {
    const channelId = await webhook();
    const { deliveryId } = await deliveries.test(context, tenantId, channelId);
    await attemptDue();
    await deliveries.resend(context, tenantId, deliveryId);
    await attemptDue();
    expect(receiver.received.map(({ id }) => id)).toEqual([deliveryId, deliveryId]);
    await dataSource.query(`UPDATE alerts.deliveries SET status = 'failed' WHERE delivery_id = $1`, [deliveryId]);
    const hour = new Date(Date.now() + 3_600_000);
    expect(await deliveries.resendFailed(context, tenantId, channelId, hour)).toEqual({ resent: 0 });
    expect(await deliveries.resendFailed(context, tenantId, channelId, new Date(0))).toEqual({ resent: 1 });
    expect(await attemptDue()).toMatchObject([{ outcome: 'delivered' }]);
  });
});

describe('a channel', () => {
  it('that answers 410 is disabled at once; the others hear of it, and the audit log says why', async () => {
    const gone = await webhook('gone');
    reception = 410;
    await deliveries.test(context, tenantId, gone);
    const waiting = await deliveries.test(context, tenantId, gone);
    const other = await webhook('other');
    expect(await dispatcher.attempt(waiting.deliveryId)).toMatchObject({ outcome: 'gone', disabled: 'gone' });
    expect(await channels.get(tenantId, gone)).toMatchObject({
      status: 'disabled',
      disabledReason: 'the receiver is gone (410)',
    });
    const ended = await deliveries.list(tenantId, { limit: 10, channelId: gone });
    expect(ended.items.map(({ status }) => status)).toEqual(['failed', 'failed']);
    reception = 204;
    expect(await attemptDue()).toMatchObject([{ outcome: 'delivered', channelId: other }]);
    expect(JSON.parse(receiver.received.at(-1)!.body)).toMatchObject({
      type: 'alert.channel-disabled',
      data: { channelId: gone, channelName: 'gone' },
    });
    const [entry] = await dataSource.query<unknown[]>(
      `SELECT actor, action, after FROM tenancy.audit_entries WHERE subject_id = $1 ORDER BY entry_id DESC LIMIT 1`,
      [gone],
    );
    expect(entry).toMatchObject({ actor: 'system:alerts', action: 'alert-channel.disable' });
    await expect(deliveries.test(context, tenantId, gone)).rejects.toThrow('disabled');
    expect(await channels.enable(context, tenantId, gone)).toMatchObject({ status: 'active', disabledReason: null });
  });

  it('that did nothing but fail for five days is disabled; one success begins anew', async () => {
    const channelId = await webhook();
    reception = 500;
    const fail = async () => {
      const { deliveryId } = await deliveries.test(context, tenantId, channelId);
      return dispatcher.attempt(deliveryId);
    };
    expect((await fail()).disabled).toBeUndefined();
    nowMs += DISABLE_AFTER_MS - 1_000;
    expect((await fail()).disabled).toBeUndefined();
    reception = 204;
    await makeDue();
    await attemptDue();
    expect((await channels.get(tenantId, channelId)).failingSinceAt).toBeNull();
    reception = 500;
    expect((await fail()).disabled).toBeUndefined();
    nowMs += DISABLE_AFTER_MS;
    expect((await fail()).disabled).toBe('failing');
    expect((await channels.get(tenantId, channelId)).disabledReason).toMatch(
      /^every delivery since .* failed, last: status 500$/,
    );
  });

  it('that is paused gets nothing, and what waited when it is enabled again', async () => {
    const channelId = await webhook();
    await deliveries.test(context, tenantId, channelId);
    await channels.pause(context, tenantId, channelId);
    expect(await attemptDue()).toEqual([]);
    await channels.enable(context, tenantId, channelId);
    expect(await attemptDue()).toMatchObject([{ outcome: 'delivered' }]);
  });

  it('whose URL was fine when it was saved reaches nothing private when it is used', async () => {
    const channelId = await webhook();
    for (const target of [
      'https://localhost/',
      'https://127.0.0.2/',
      'http://hooks.acme.io/',
      'https://[::1]/',
      'https://redis/',
    ]) {
      await dataSource.query('UPDATE alerts.channels SET target = $2 WHERE channel_id = $1', [channelId, target]);
      const { deliveryId } = await deliveries.test(context, tenantId, channelId);
      expect(await dispatcher.attempt(deliveryId)).toMatchObject({ outcome: 'retry' });
      expect((await deliveries.get(tenantId, deliveryId)).lastError).toMatch(/^The URL/);
    }
    expect(receiver.received).toEqual([]);
  });

  it('keeps its secret sealed: neither the tables nor the audit log hold it', async () => {
    const channelId = await webhook();
    await channels.rotateSecret(context, tenantId, channelId, { overlapSeconds: 60 });
    const [row] = await dataSource.query<[{ text: string }]>(
      `SELECT string_agg(t, ' ') AS text FROM (
         SELECT c::text AS t FROM alerts.channels c UNION ALL SELECT a::text FROM tenancy.audit_entries a) AS x`,
    );
    expect(row.text).not.toContain(secret.slice('whsec_'.length));
    expect(row.text).not.toContain(Buffer.from(secret.slice('whsec_'.length), 'base64').toString('hex'));
  });
});
