import { randomBytes, randomUUID } from 'node:crypto';
import { AlertChannels, ChannelSecrets } from '#libs/alerts';
import { Mutations, ScopedDatabase } from '#libs/tenancy';
import type { DataSource } from 'typeorm';

/** Relays a day that an application of {@link addApplication} may spend with one relay per POKT. */
export const RELAYS_PER_DAY = 10;

/** One relay a day for each staked POKT. */
export const RELAYS_PER_POKT_PER_DAY = 1;

/** The day by PostgreSQL's clock. */
export async function today(dataSource: DataSource): Promise<string> {
  const [row] = await dataSource.query<[{ day: string }]>(`SELECT (now() AT TIME ZONE 'UTC')::date::text AS day`);
  return row.day;
}

/** A tenant without anything; returns its id. */
export async function addTenant(dataSource: DataSource): Promise<string> {
  const tenantId = randomUUID();
  await dataSource.query(`INSERT INTO tenancy.tenants (tenant_id, name) VALUES ($1, 'Alerts')`, [tenantId]);
  return tenantId;
}

/** An application whose stake buys {@link RELAYS_PER_DAY}; returns its id. */
export async function addApplication(dataSource: DataSource, tenantId: string): Promise<string> {
  const applicationId = randomUUID();
  await dataSource.query(
    `INSERT INTO tenancy.applications (application_id, tenant_id, name, source, public_key, address, aat, chains,
       provisioning, requested_upokt, staked_upokt, stake_status)
     VALUES ($1, $2, 'Alerts', 'ready-made', $3, $4, '{}', '{0021}', 'staked', 0, $5, 'staked')`,
    [
      applicationId,
      tenantId,
      randomBytes(32).toString('hex'),
      randomBytes(20).toString('hex'),
      String(RELAYS_PER_DAY * 1_000_000),
    ],
  );
  return applicationId;
}

/** Adds relays to a day as the worker does. */
export async function addUse(
  dataSource: DataSource,
  use: { tenantId: string; applicationId: string; relays: number; day: string; endpointId?: string },
): Promise<void> {
  await dataSource.query(
    `INSERT INTO metering.usage AS u (day, tenant_id, endpoint_id, application_id, chain, method, key_id, billable_relays)
     VALUES ($1, $2, $3, $4, '0021', 'eth_call', $2, $5)
     ON CONFLICT (day, tenant_id, endpoint_id, application_id, chain, method, key_id)
     DO UPDATE SET billable_relays = u.billable_relays + excluded.billable_relays`,
    [use.day, use.tenantId, use.endpointId ?? use.tenantId, use.applicationId, use.relays],
  );
}

/** The channels of an installation whose webhooks may be on loopback. */
export function channelsOf(dataSource: DataSource, secrets: ChannelSecrets): AlertChannels {
  const database = new ScopedDatabase(dataSource);
  const policy = { ports: [443], loopbackHosts: ['127.0.0.1'] };
  return new AlertChannels(database, new Mutations(database, secrets.sealer), secrets, policy);
}
