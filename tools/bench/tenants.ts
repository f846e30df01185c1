import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type KeyPair, generateKeyPair, makeAat } from '#libs/protocol';
import { hashSecret, issueKey } from '#libs/tenancy';

/** uPOKT behind one relay a day at the default of 40 relays a POKT. */
const UPOKT_PER_RELAY = 25_000;
const ROWS_PER_STATEMENT = 1_000;

/** Writes `count` tenants, each with an application, an endpoint and a key, as the admin API writes them. Resolves to the keys. */
export async function createTenants(o: {
  readonly databaseUrl: string;
  readonly pepper: string;
  readonly clientKey: KeyPair;
  readonly count: number;
  readonly dailyRelays: number;
  /** Where the ledger learns the stakes, uPOKT by application address. */
  readonly stakes: Map<string, string>;
}): Promise<string[]> {
  const client = new pg.Client({ connectionString: o.databaseUrl });
  await client.connect();
  const keys: string[] = [];
  try {
    while (keys.length < o.count) {
      const rows = Array.from({ length: Math.min(ROWS_PER_STATEMENT, o.count - keys.length) }, () => tenantRow(o));
      for (const { columns } of rows) o.stakes.set(columns.address, columns.staked);
      await client.query(INSERT, [JSON.stringify(rows.map((row) => row.columns))]);
      keys.push(...rows.map((row) => row.key));
    }
  } finally {
    await client.end();
  }
  return keys;
}

function tenantRow(o: { readonly pepper: string; readonly clientKey: KeyPair; readonly dailyRelays: number }) {
  const application = generateKeyPair();
  const { key, prefix } = issueKey();
  return {
    key,
    columns: {
      tenant: randomUUID(),
      application: randomUUID(),
      endpoint: randomUUID(),
      key: randomUUID(),
      public_key: application.publicKeyHex,
      address: application.addressHex,
      aat: makeAat(application, o.clientKey.publicKeyHex),
      staked: String(o.dailyRelays * UPOKT_PER_RELAY),
      prefix,
      hash: hashSecret(key, o.pepper).toString('hex'),
    },
  };
}

/** One statement: a common table expression of rows from JSON. Foreign keys are checked at its end. */
const INSERT = `
  WITH rows AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(tenant uuid, application uuid, endpoint uuid, key uuid,
      public_key text, address text, aat jsonb, staked numeric, prefix text, hash text)
  ), tenants AS (
    INSERT INTO tenancy.tenants (tenant_id, name) SELECT tenant, 'Benchmark' FROM rows
  ), applications AS (
    INSERT INTO tenancy.applications (application_id, tenant_id, name, source, public_key, address, aat, chains,
      provisioning, requested_upokt, staked_upokt, max_relays, stake_status, ledger_height)
    SELECT application, tenant, 'Benchmark', 'ready-made', public_key, address, aat, '{0021}', 'staked', 0, staked, 41750, 'staked', 1
      FROM rows
  ), endpoints AS (
    INSERT INTO tenancy.endpoints (endpoint_id, tenant_id, name) SELECT endpoint, tenant, 'Benchmark' FROM rows
  ), links AS (
    INSERT INTO tenancy.endpoint_applications (tenant_id, endpoint_id, application_id) SELECT tenant, endpoint, application FROM rows
  )
  INSERT INTO tenancy.api_keys (key_id, tenant_id, endpoint_id, name, prefix, hash)
  SELECT key, tenant, endpoint, 'Benchmark', prefix, decode(hash, 'hex') FROM rows`;
