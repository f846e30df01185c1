// From nothing to a relay in five calls of the APIs: tenant, application, endpoint, key, relay.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const dev = process.env.PORTAL_URL ? null : JSON.parse(readFileSync('.data/dev.json', 'utf8'));
const adminUrl = process.env.PORTAL_URL ?? dev.admin.url;
const token = process.env.PORTAL_TOKEN ?? dev.admin.token;

async function admin(path, body, headers = {}) {
  const response = await fetch(`${adminUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

const { tenantId } = await admin('/v1/tenants', { name: `Example ${new Date().toISOString()}` });
// The gateway makes the application's key, seals it, has it sign an AAT, and stakes the POKT from the treasury. A stake counts from the
// next session on: the answer waits for that, up to a minute.
const { applicationId } = await admin(
  `/v1/tenants/${tenantId}/applications`,
  { source: 'managed', name: 'First application', chains: ['eth-mainnet'], stakePokt: '1000' },
  { prefer: 'wait=60' },
);
const { endpointId } = await admin(`/v1/tenants/${tenantId}/endpoints`, {
  name: 'First endpoint',
  applicationIds: [applicationId],
});
const created = await admin(`/v1/tenants/${tenantId}/endpoints/${endpointId}/keys`, { name: 'First key' });
const url = created.url.replace('{chain}', 'eth-mainnet');
console.log(`endpoint ${url}`);

// One relay is enough where a session takes less than a minute; on the public network the first one begins within the hour.
for (let attempt = 1; ; attempt += 1) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] }),
  });
  const answer = await response.json();
  if (answer.result !== undefined) {
    console.log(`block ${Number(answer.result)}, ${response.headers.get('ratelimit-remaining')} relays left today`);
    break;
  }
  if (attempt === 60) throw new Error(`no relay was answered: ${JSON.stringify(answer)}`);
  await sleep(1_000);
}
