import { ChannelSecrets } from '#libs/alerts';
import { createDataSource } from '#libs/persistence';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Harness, startHarness } from './admin-harness.js';

let harness: Harness;
let tenantId: string;
let base: string;

beforeAll(async () => {
  harness = await startHarness();
  tenantId = String((await harness.post('/v1/tenants', { name: 'Acme' })).body['tenantId']);
  base = `/v1/tenants/${tenantId}`;
});

afterAll(() => harness?.stop());

it('makes, changes, pauses and deletes a webhook, whose secret is in two answers and nowhere else', async () => {
  const url = 'https://hooks.acme.io/in?token=canary-in-the-url';
  const created = (await harness.post(`${base}/alert-channels`, { kind: 'webhook', name: 'Ops', url })).body;
  const secret = String(created['secret']);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const path = `${base}/alert-channels/${String(created['channelId'])}`;
  const read = await harness.ask(path);
  expect(read.body).toMatchObject({ status: 'active', secretVersion: 1, target: url });
  expect(read.body).not.toHaveProperty('secret');
  const stale = await harness.ask(path, { method: 'PATCH', body: { name: 'x' }, headers: { 'if-match': '"9"' } });
  expect(stale.status).toBe(412);
  const renamed = await harness.ask(path, {
    method: 'PATCH',
    body: { name: 'On call' },
    headers: { 'if-match': '"1"' },
  });
  expect(renamed.body).toMatchObject({ name: 'On call', version: 2 });
  const rotated = (await harness.post(`${path}/rotate-secret`, { overlap: '1h' })).body;
  expect(rotated['secret']).not.toBe(secret);
  expect(rotated).toMatchObject({ secretVersion: 2, previousSecretEndsAt: expect.any(String) });
  expect((await harness.post(`${path}/pause`)).body).toMatchObject({ status: 'paused' });
  expect((await harness.ask(`${path}/test`, { method: 'POST', body: {} })).body).toMatchObject({
    code: 'channel-state',
  });
  expect((await harness.post(`${path}/enable`)).body).toMatchObject({ status: 'active' });
  const delivery = (await harness.post(`${path}/test`)).body;
  const details = (await harness.ask(`${base}/alert-deliveries/${String(delivery['deliveryId'])}`)).body;
  expect(details).toMatchObject({ status: 'pending', attempts: 0, log: [], type: 'alert.test' });
  expect((await harness.post(`${path}/resend-failed`, { since: '2026-01-01T00:00:00Z' })).body).toEqual({ resent: 0 });
  const filtered = await harness.ask(
    `${base}/alert-deliveries?status=pending&channelId=${String(created['channelId'])}`,
  );
  expect(filtered.body['items']).toHaveLength(1);
  expect((await harness.ask(path, { method: 'DELETE' })).status).toBe(200);
  expect((await harness.ask(path)).status).toBe(404);
  const audit = await harness.ask('/v1/audit-entries');
  expect(audit.text).toContain('alert-channel.rotate-secret');
  const said = audit.text + harness.logLines.join('\n');
  for (const canary of [secret, String(rotated['secret']), 'canary-in-the-url']) expect(said).not.toContain(canary);
});

it('takes a secret that the tenant brings, and refuses one that is too short', async () => {
  const secret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
  const body = { kind: 'webhook', name: 'Own', url: 'https://hooks.acme.io/', secret };
  expect((await harness.post(`${base}/alert-channels`, body)).body['secret']).toBe(secret);
  const short = await harness.ask(`${base}/alert-channels`, {
    method: 'POST',
    body: { ...body, secret: 'whsec_AAAA' },
  });
  expect(short.status).toBe(409);
});

it.each([
  'http://hooks.acme.io/',
  'https://127.0.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://localhost/',
  'https://[::ffff:10.0.0.1]/',
  'https://2130706433/',
  'https://user:pass@hooks.acme.io/',
  'https://hooks.acme.io:6379/',
  'https://metadata.google.internal/',
])('refuses the URL %s', async (url) => {
  const reply = await harness.ask(`${base}/alert-channels`, {
    method: 'POST',
    body: { kind: 'webhook', name: 'x', url },
  });
  expect(reply.body).toMatchObject({ status: 400, code: 'webhook-url-refused' });
});

it('confirms an address by the code of the last mail alone', async () => {
  const body = { kind: 'email', name: 'Mail', address: 'ops@acme.example' };
  const { channelId, status, secret } = (await harness.post(`${base}/alert-channels`, body)).body;
  expect({ status, secret }).toEqual({ status: 'unconfirmed', secret: null });
  const path = `${base}/alert-channels/${String(channelId)}`;
  const confirm = (code: string) => harness.ask(`${path}/confirm`, { method: 'POST', body: { code } });
  const channel = { tenantId, channelId: String(channelId), target: body.address };
  const secrets = new ChannelSecrets(harness.config.ALERTS_KEK ?? '');
  expect((await harness.ask(`${path}/enable`, { method: 'POST', body: {} })).status).toBe(409);
  await harness.post(`${path}/send-confirmation`);
  expect((await confirm('wrong')).body).toMatchObject({ code: 'confirmation-wrong' });
  expect((await confirm(secrets.confirmationCode(channel, 1))).body).toMatchObject({ code: 'confirmation-wrong' });
  expect((await confirm(secrets.confirmationCode(channel, 2))).body).toMatchObject({ status: 'active' });
  const dataSource = await createDataSource({ url: harness.config.DATABASE_URL });
  const rows = await dataSource.query<Array<{ body: string }>>('SELECT body FROM alerts.deliveries');
  await dataSource.destroy();
  expect(JSON.stringify(rows)).not.toContain(secrets.confirmationCode(channel, 2));
});

it('bounds the mails to one address and the channels of one tenant', async () => {
  const other = String((await harness.post('/v1/tenants', { name: 'Other' })).body['tenantId']);
  const path = `/v1/tenants/${other}/alert-channels`;
  const mail = { kind: 'email', name: 'Mail', address: 'ops@acme.example' };
  const { channelId } = (await harness.post(path, mail)).body;
  for (let n = 2; n <= 5; n += 1) await harness.post(`${path}/${String(channelId)}/send-confirmation`);
  const sixth = await harness.ask(`${path}/${String(channelId)}/send-confirmation`, { method: 'POST', body: {} });
  expect(sixth.body).toMatchObject({ code: 'channel-limit' });
  const made = await Promise.all(
    Array.from({ length: 24 }, () =>
      harness.ask(path, { method: 'POST', body: { kind: 'webhook', name: 'x', url: 'https://hooks.acme.io/' } }),
    ),
  );
  expect(made.filter(({ status }) => status === 201)).toHaveLength(19);
});

it('keeps rules: defaults, changes, and no channel of another tenant', async () => {
  const rule = (await harness.post(`${base}/alert-rules`, { name: 'Production' })).body;
  expect(rule).toMatchObject({ subject: 'application', thresholds: [50, 80, 100], channelIds: null, enabled: true });
  const path = `${base}/alert-rules/${String(rule['ruleId'])}`;
  const changed = await harness.ask(path, { method: 'PATCH', body: { thresholds: [90, 10, 90], enabled: false } });
  expect(changed.body).toMatchObject({ thresholds: [10, 90], enabled: false, version: 2 });
  const stranger = await harness.ask(path, {
    method: 'PATCH',
    body: { channelIds: ['0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11'] },
  });
  expect(stranger.status).toBe(404);
  for (const thresholds of [[], [0], [1_001], [50.5]]) {
    const refused = await harness.ask(path, { method: 'PATCH', body: { thresholds } });
    expect(refused.body).toMatchObject({ code: 'invalid' });
  }
  const first = await harness.post(
    `${base}/alert-rules`,
    { name: 'Once' },
    { headers: { 'idempotency-key': 'rule-1' } },
  );
  const again = await harness.post(
    `${base}/alert-rules`,
    { name: 'Once' },
    { headers: { 'idempotency-key': 'rule-1' } },
  );
  expect(again.body).toEqual(first.body);
  expect((await harness.ask(path, { method: 'DELETE' })).status).toBe(200);
  expect((await harness.ask(`${base}/alert-rules`)).body['items']).toHaveLength(1);
});

it('makes no channels without a key for their secrets', async () => {
  const without = await startHarness({ ALERTS_KEK: '' });
  try {
    const tenant = String((await without.post('/v1/tenants', { name: 'Acme' })).body['tenantId']);
    const body = { kind: 'webhook', name: 'x', url: 'https://hooks.acme.io/' };
    const reply = await without.ask(`/v1/tenants/${tenant}/alert-channels`, { method: 'POST', body });
    expect(reply.body).toMatchObject({ status: 503, code: 'alerts-off' });
  } finally {
    await without.stop();
  }
});
