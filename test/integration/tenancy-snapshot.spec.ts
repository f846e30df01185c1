import { createDataSource } from '#libs/persistence';
import { ApplicationDirectory, type EndpointSnapshot, SnapshotStore, hashSecret, issueKey } from '#libs/tenancy';
import type { LedgerApplication, LedgerPort } from '#libs/ledger';
import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase } from '../support/database.js';

const PEPPER = 'a pepper that only this test file knows';

let url: string;
let database: DataSource;
let store: SnapshotStore;
const faults: string[] = [];

beforeAll(async () => {
  url = await createDatabase();
  database = await createDataSource({ url });
  store = new SnapshotStore({ url, pepper: PEPPER, onFault: ({ what }) => faults.push(what), lastUsedReportMs: 50 });
  await store.start();
});

afterAll(async () => {
  await store?.stop();
  await database?.destroy();
});

interface Fixture {
  tenantId: string;
  applicationId: string;
  addressHex: string;
  endpointId: string;
  keyId: string;
  key: string;
}

async function fixture(): Promise<Fixture> {
  const [tenantId, applicationId, endpointId] = [randomUUID(), randomUUID(), randomUUID()];
  const publicKeyHex = randomBytes(32).toString('hex');
  const addressHex = randomBytes(20).toString('hex');
  await database.query(`INSERT INTO tenancy.tenants (tenant_id, name) VALUES ($1, 'Snapshot test')`, [tenantId]);
  await database.query(
    `INSERT INTO tenancy.applications (application_id, tenant_id, name, source, public_key, address, aat, chains,
       provisioning, requested_upokt, staked_upokt, max_relays, stake_status, ledger_height)
     VALUES ($1, $2, 'app', 'ready-made', $3, $4, $5, '{0021,0001}', 'staked', 0, 25000000000, 41750, 'staked', 7)`,
    [
      applicationId,
      tenantId,
      publicKeyHex,
      addressHex,
      { signature: 'cc', client_pub_key: 'bb', app_pub_key: 'aa', version: '0.0.1' },
    ],
  );
  await database.query(`INSERT INTO tenancy.endpoints (endpoint_id, tenant_id, name) VALUES ($1, $2, 'endpoint')`, [
    endpointId,
    tenantId,
  ]);
  await database.query(
    `INSERT INTO tenancy.endpoint_applications (tenant_id, endpoint_id, application_id) VALUES ($1, $2, $3)`,
    [tenantId, endpointId, applicationId],
  );
  const made = { tenantId, applicationId, addressHex, endpointId };
  return { ...made, ...(await addKey(made)) };
}

async function addKey(owner: { tenantId: string; endpointId: string }): Promise<{ keyId: string; key: string }> {
  const keyId = randomUUID();
  const { key, prefix } = issueKey();
  await database.query(
    `INSERT INTO tenancy.api_keys (key_id, tenant_id, endpoint_id, name, prefix, hash) VALUES ($1, $2, $3, 'key', $4, $5)`,
    [keyId, owner.tenantId, owner.endpointId, prefix, hashSecret(key, PEPPER)],
  );
  return { keyId, key };
}

/** The snapshot in memory, without a promise: what the hot path sees. */
function held(key: string): EndpointSnapshot | null {
  const found = store.resolve(key);
  if (found instanceof Promise) throw new Error('not in memory');
  return found;
}

async function killListener(): Promise<void> {
  const killed = await database.query<unknown[]>(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'pokt-portal-tenancy-listen' AND datname = current_database()`,
  );
  expect(killed).toHaveLength(1);
}

async function within(limitMs: number, assertion: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(assertion, { timeout: limitMs, interval: 5 });
}

describe('a key', () => {
  it('is loaded once for any number of waiting requests and then answers synchronously', async () => {
    const made = await fixture();
    const before = store.stats().misses;
    const answers = await Promise.all(Array.from({ length: 50 }, async () => store.resolve(made.key)));
    expect(store.stats().misses - before).toBe(1);
    expect(new Set(answers).size).toBe(1);
    expect(held(made.key)).toMatchObject({
      endpointId: made.endpointId,
      tenantId: made.tenantId,
      keyId: made.keyId,
      status: 'active',
      suspendedReason: null,
      answerStyle: 'wallet',
      verifyInline: false,
      chains: null,
    });
    const [application] = held(made.key)!.applications;
    expect(application).toMatchObject({
      applicationId: made.applicationId,
      chains: ['0021', '0001'],
      stakedUpokt: 25_000_000_000n,
      dailyRelaysMax: 1_000_000,
      active: true,
    });
    // The order of an AAT's fields is part of its hash.
    expect(Object.keys(application!.aat)).toEqual(['version', 'app_pub_key', 'client_pub_key', 'signature']);
  });

  it('that is malformed is refused without a question to PostgreSQL', () => {
    const before = store.stats().misses;
    expect(store.resolve('pk_nonsense')).toBeNull();
    expect(store.stats().misses).toBe(before);
  });

  it('that is unknown is asked for once, and works at once when it is made', async () => {
    const made = await fixture();
    await store.resolve(made.key);
    const stranger = issueKey();
    expect(await store.resolve(stranger.key)).toBeNull();
    const before = store.stats().misses;
    expect(store.resolve(stranger.key)).toBeNull();
    expect(store.stats().misses).toBe(before);
    await database.query(
      `INSERT INTO tenancy.api_keys (tenant_id, endpoint_id, name, prefix, hash) VALUES ($1, $2, 'late', $3, $4)`,
      [made.tenantId, made.endpointId, stranger.prefix, hashSecret(stranger.key, PEPPER)],
    );
    await within(1_000, async () =>
      expect(await store.resolve(stranger.key)).toMatchObject({ endpointId: made.endpointId }),
    );
  });

  it('has its use reported, without waking the gateways', async () => {
    const made = await fixture();
    await store.resolve(made.key);
    await within(2_000, async () => {
      const rows = await database.query<Array<{ used: Date | null }>>(
        `SELECT last_used_at AS used FROM tenancy.api_keys WHERE key_id = $1`,
        [made.keyId],
      );
      expect(rows[0]?.used).toBeInstanceOf(Date);
    });
  });
});

describe('a change reaches the store within a second', () => {
  let made: Fixture;
  beforeEach(async () => {
    made = await fixture();
    await store.resolve(made.key);
  });

  it('when a key is revoked, and only that key', async () => {
    const other = await addKey(made);
    await store.resolve(other.key);
    await database.query(`UPDATE tenancy.api_keys SET revoked_at = now() WHERE key_id = $1`, [made.keyId]);
    await within(1_000, async () => expect(await store.resolve(made.key)).toBeNull());
    expect(held(other.key)?.endpointId).toBe(made.endpointId);
  });

  it('also when its connection was killed just before', async () => {
    await killListener();
    await database.query(`UPDATE tenancy.api_keys SET revoked_at = now() WHERE key_id = $1`, [made.keyId]);
    await within(1_000, async () => expect(await store.resolve(made.key)).toBeNull());
    expect(faults).toContain('announcements stopped; serving from memory');
    await within(1_000, () => expect(store.stats().connected).toBe(true));
  });

  it('when the stake is raised, lowered or leaves, without a request ever waiting', async () => {
    const stake = (upokt: string, status: string) =>
      database.query(`UPDATE tenancy.applications SET staked_upokt = $2, stake_status = $3 WHERE application_id = $1`, [
        made.applicationId,
        upokt,
        status,
      ]);
    await stake('50000000000', 'staked');
    await within(1_000, () => expect(held(made.key)?.applications[0]?.dailyRelaysMax).toBe(2_000_000));
    await stake('50000000000', 'unstaking');
    await within(1_000, () =>
      expect(held(made.key)?.applications[0]).toMatchObject({ dailyRelaysMax: 0, active: false }),
    );
  });

  it('when the endpoint or the tenant is suspended and resumed', async () => {
    await database.query(
      `UPDATE tenancy.endpoints SET status = 'suspended', suspended_reason = 'leaked' WHERE endpoint_id = $1`,
      [made.endpointId],
    );
    await within(1_000, () => expect(held(made.key)).toMatchObject({ status: 'suspended', suspendedReason: 'leaked' }));
    await database.query(
      `UPDATE tenancy.endpoints SET status = 'active', suspended_reason = NULL WHERE endpoint_id = $1`,
      [made.endpointId],
    );
    await within(1_000, () => expect(held(made.key)).toMatchObject({ status: 'active', suspendedReason: null }));
    await database.query(
      `UPDATE tenancy.tenants SET status = 'suspended', suspended_reason = 'unpaid' WHERE tenant_id = $1`,
      [made.tenantId],
    );
    await within(1_000, () => expect(held(made.key)).toMatchObject({ status: 'suspended', suspendedReason: 'unpaid' }));
  });

  it('when settings, chains or applications of the endpoint change', async () => {
    await database.query(
      `UPDATE tenancy.endpoints SET answer_style = 'strict', verify_inline = true, chains = '{0021}' WHERE endpoint_id = $1`,
      [made.endpointId],
    );
    await within(1_000, () =>
      expect(held(made.key)).toMatchObject({ answerStyle: 'strict', verifyInline: true, chains: new Set(['0021']) }),
    );
    await database.query(`DELETE FROM tenancy.endpoint_applications WHERE endpoint_id = $1`, [made.endpointId]);
    await within(1_000, () => expect(held(made.key)?.applications).toEqual([]));
  });

  it('when 60 keys change one after another: the slowest of them', async () => {
    const keys = await Promise.all(Array.from({ length: 60 }, () => addKey(made)));
    await Promise.all(keys.map(async ({ key }) => store.resolve(key)));
    const delays: number[] = [];
    for (const { keyId, key } of keys) {
      const started = performance.now();
      await database.query(`UPDATE tenancy.api_keys SET revoked_at = now() WHERE key_id = $1`, [keyId]);
      await within(1_000, async () => expect(await store.resolve(key)).toBeNull());
      delays.push(performance.now() - started);
    }
    expect(Math.max(...delays)).toBeLessThan(1_000);
  });
});

describe('while PostgreSQL is away', () => {
  it('known keys work from memory, unknown ones reject, and changes made meanwhile arrive after it is back', async () => {
    const made = await fixture();
    await store.resolve(made.key);
    const name = new URL(url).pathname.slice(1);
    const root = new pg.Client({ connectionString: url.replace(`/${name}`, '/postgres') });
    await root.connect();
    await database.destroy();
    try {
      await root.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await root.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [name]);
      await within(2_000, () => expect(store.stats().connected).toBe(false));
      expect(held(made.key)?.status).toBe('active');
      await expect(store.resolve(issueKey().key)).rejects.toThrow('PostgreSQL cannot be asked');
      expect(held(made.key)?.status).toBe('active');
    } finally {
      await root.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
      await root.end();
    }
    database = await createDataSource({ url });
    await database.query(`UPDATE tenancy.api_keys SET revoked_at = now() WHERE key_id = $1`, [made.keyId]);
    await within(2_000, async () => expect(await store.resolve(made.key)).toBeNull());
  });
});

describe('the comparison of stakes with the ledger', () => {
  it('stores what differs, tells the gateways, and touches nothing else', async () => {
    const [first, second] = [await fixture(), await fixture()];
    await Promise.all([first, second].map(async ({ key }) => store.resolve(key)));
    const directory = new ApplicationDirectory(database);
    const records = new Map<string, LedgerApplication>();
    for (const application of await directory.activeApplications()) {
      records.set(application.addressHex, record(application.publicKeyHex, application.addressHex, 25_000_000_000n));
    }
    const ledger = ledgerOf(20, records);
    // The first comparison settles what earlier tests left behind; the second finds nothing to do.
    await directory.syncStake(ledger);
    expect((await directory.syncStake(ledger)).changed).toEqual([]);

    records.set(first.addressHex, record('', first.addressHex, 60_000_000_000n));
    records.delete(second.addressHex);
    const sync = await directory.syncStake(ledgerOf(21, records));
    expect(sync.changed).toEqual([first.applicationId, second.applicationId].toSorted());
    await within(1_000, () => {
      expect(held(first.key)?.applications[0]?.dailyRelaysMax).toBe(2_400_000);
      expect(held(second.key)?.applications[0]).toMatchObject({ dailyRelaysMax: 0, active: false });
    });
    expect(await directory.applicationById(second.applicationId)).toMatchObject({
      stakeStatus: 'unstaked',
      stakedUpokt: 0n,
      chains: ['0021', '0001'],
    });

    // An answer from a node that lags behind does not undo it.
    records.set(first.addressHex, record('', first.addressHex, 25_000_000_000n));
    expect((await directory.syncStake(ledgerOf(19, records))).changed).toEqual([]);
  });
});

function record(publicKeyHex: string, addressHex: string, stakedUpokt: bigint): LedgerApplication {
  return {
    addressHex,
    publicKeyHex,
    chains: ['0021', '0001'],
    jailed: false,
    maxRelays: 41_750n,
    stakedUpokt,
    status: 2,
    unstakingTime: '0001-01-01T00:00:00Z',
  };
}

function ledgerOf(height: number, records: ReadonlyMap<string, LedgerApplication>): LedgerPort {
  const answers: Partial<LedgerPort> = {
    height: () => Promise.resolve(height),
    application: (address) => Promise.resolve(records.get(address) ?? null),
  };
  return answers as LedgerPort;
}
