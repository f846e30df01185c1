// From nothing to a relay and its usage through the admin API, as an operator's onboarding job would do it.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const dev = JSON.parse(readFileSync('.data/dev.json', 'utf8'));

async function admin(method, path, body) {
  const response = await fetch(`${dev.admin.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${dev.admin.token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

const { tenantId } = await admin('POST', '/v1/tenants', { name: `Example ${new Date().toISOString()}` });
// The gateway makes the application's key, seals it, has it sign an AAT, and stakes the POKT from the treasury.
const { applicationId } = await admin('POST', `/v1/tenants/${tenantId}/applications`, {
  source: 'managed',
  name: 'First application',
  chains: ['0021'],
  stakePokt: '1000',
});
const { endpointId } = await admin('POST', `/v1/tenants/${tenantId}/endpoints`, {
  name: 'First endpoint',
  applicationIds: [applicationId],
});
const { key } = await admin('POST', `/v1/tenants/${tenantId}/endpoints/${endpointId}/keys`, { name: 'First key' });
const url = `${new URL(dev.endpointUrl).origin}/v1/${key}/eth-mainnet`;
console.log(`endpoint ${url}`);

// The stake counts from the next session on.
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
