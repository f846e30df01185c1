import { randomBytes } from 'node:crypto';
import { LedgerUnreachableError, type LedgerPort } from '#libs/ledger';
import { createDataSource } from '#libs/persistence';
import { generateKeyPair, makeAat } from '#libs/protocol';
import { ApplicationStaker, RecordSealer, applicationKeyContext, tenancyEntities, uuidV7 } from '#libs/tenancy';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../support/database.js';
import { ScriptedLedger } from './admin-scripted-ledger.js';

const FEE_UPOKT = 10_000n;
const sealer = new RecordSealer(randomBytes(32).toString('hex'));
const treasury = generateKeyPair();
let database: DataSource;

beforeAll(async () => {
  database = await createDataSource({ url: await createDatabase(), entities: tenancyEntities, connectionsMax: 20 });
});

afterAll(async () => {
  await database?.destroy();
});

/** A managed application that is wanted at `stakeUpokt`, written as `Applications` writes it. */
async function wanted(stakeUpokt: bigint): Promise<{ tenantId: string; applicationId: string; addressHex: string }> {
  const [tenantId, applicationId, key] = [uuidV7(), uuidV7(), generateKeyPair()];
  await database.query(`INSERT INTO tenancy.tenants (tenant_id, name) VALUES ($1, 'Staking test')`, [tenantId]);
  await database.query(
    `INSERT INTO tenancy.applications (application_id, tenant_id, name, source, public_key, address, sealed_private_key,
       aat, chains, requested_chains, requested_upokt)
     VALUES ($1, $2, 'app', 'managed', $3, $4, $5, $6, '{0021}', '{0021}', $7)`,
    [
      applicationId,
      tenantId,
      key.publicKeyHex,
      key.addressHex,
      sealer.seal(Buffer.from(key.privateKeyHex, 'hex'), applicationKeyContext(tenantId, applicationId, 1)),
      makeAat(key, treasury.publicKeyHex),
      String(stakeUpokt),
    ],
  );
  return { tenantId, applicationId, addressHex: key.addressHex };
}

/** A deterministic coin, so that a failing round can be run again. */
function coin(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The ledger seen over a network that loses every fifth question and every fifth answer. */
function lossy(ledger: LedgerPort, flip: () => number): LedgerPort {
  return new Proxy(ledger, {
    get(target, name: keyof LedgerPort) {
      const method = target[name] as (...questions: unknown[]) => Promise<unknown>;
      return async (...questions: unknown[]) => {
        if (flip() < 0.2) throw new LedgerUnreachableError('lost on the way there');
        const answer = await method(...questions);
        if (flip() < 0.2) throw new LedgerUnreachableError('lost on the way back');
        return answer;
      };
    },
  });
}

describe('staking over a lossy network, by four processes at once, each giving up at any point', () => {
  it.each([1, 2, 3, 4, 5, 6])('pays once and reaches the stake (round %i)', async (seed) => {
    const ledger = new ScriptedLedger();
    ledger.balances.set(treasury.addressHex, 10n ** 15n);
    ledger.isAutomatic = false;
    const blocks = setInterval(() => ledger.produceBlock(), 15);
    const application = await wanted(25_000_000_000n);
    const flip = coin(seed);
    const staker = () =>
      new ApplicationStaker({
        dataSource: database,
        ledger: lossy(ledger.port, flip),
        sealer,
        treasury,
        chainId: 'localnet',
        pollMs: 3,
      });
    const attempt = async (timeoutMs: number) => {
      try {
        // A new instance each time: a restarted process remembers nothing.
        return await staker().settle(application.tenantId, application.applicationId, { timeoutMs });
      } catch (error) {
        if (error instanceof LedgerUnreachableError) return 'waiting';
        throw error;
      }
    };
    const work = async () => {
      for (let tries = 0; tries < 500; tries += 1) {
        if ((await attempt(Math.floor(flip() * 40))) === 'done') return;
      }
      throw new Error('never done');
    };
    try {
      await Promise.all([work(), work(), work(), work()]);
      await database.query(
        `UPDATE tenancy.applications SET requested_upokt = 30000000000, revision = revision + 1 WHERE application_id = $1`,
        [application.applicationId],
      );
      await Promise.all([work(), work(), work(), work()]);
    } finally {
      clearInterval(blocks);
    }
    expect(ledger.applications.get(application.addressHex)?.stakedUpokt).toBe(30_000_000_000n);
    expect({ stakes: ledger.succeeded('apps/MsgAppStake'), sends: ledger.succeeded('pos/Send') }).toEqual({
      stakes: 2,
      sends: 2,
    });
    expect(ledger.executed.filter((entry) => entry.code !== 0)).toEqual([]);
    expect(ledger.balances.get(application.addressHex)).toBe(0n);
    expect(10n ** 15n - (ledger.balances.get(treasury.addressHex) ?? 0n)).toBe(30_000_000_000n + 4n * FEE_UPOKT);
  });
});

describe('a transfer over a lossy network, by three processes at once, each giving up at any point', () => {
  it.each([1, 2, 3])('moves the stake and every coin once, to a key that is held (round %i)', async (seed) => {
    const ledger = new ScriptedLedger();
    ledger.balances.set(treasury.addressHex, 10n ** 15n);
    ledger.isAutomatic = false;
    const blocks = setInterval(() => ledger.produceBlock(), 15);
    const application = await wanted(25_000_000_000n);
    const { tenantId, applicationId, addressHex } = application;
    const flip = coin(seed);
    const staker = (port: LedgerPort) =>
      new ApplicationStaker({ dataSource: database, ledger: port, sealer, treasury, chainId: 'localnet', pollMs: 3 });
    const work = async () => {
      for (let tries = 0; tries < 500; tries += 1) {
        const timeoutMs = Math.floor(flip() * 40);
        const end = await staker(lossy(ledger.port, flip))
          .settle(tenantId, applicationId, { timeoutMs })
          .catch((error: unknown) => {
            if (error instanceof LedgerUnreachableError) return 'waiting';
            throw error;
          });
        if (end === 'done') return;
      }
      throw new Error('never done');
    };
    const next = generateKeyPair();
    try {
      expect(await staker(ledger.port).settle(tenantId, applicationId, { timeoutMs: 5_000 })).toBe('done');
      // Somebody sent coins to the application's account.
      ledger.balances.set(addressHex, 5_000_000n);
      await database.query(
        `UPDATE tenancy.applications SET next_public_key = $2, next_address = $3, next_aat = $4, next_sealed_private_key = $5,
           revision = revision + 1 WHERE application_id = $1`,
        [
          applicationId,
          next.publicKeyHex,
          next.addressHex,
          makeAat(next, treasury.publicKeyHex),
          sealer.seal(Buffer.from(next.privateKeyHex, 'hex'), applicationKeyContext(tenantId, applicationId, 2)),
        ],
      );
      await Promise.all([work(), work(), work()]);
      // Under the new key everything goes on: a raise is signed with it.
      await database.query(
        `UPDATE tenancy.applications SET requested_upokt = 30000000000, revision = revision + 1 WHERE application_id = $1`,
        [applicationId],
      );
      await work();
    } finally {
      clearInterval(blocks);
    }
    expect(ledger.applications.has(addressHex)).toBe(false);
    expect(ledger.applications.get(next.addressHex)).toMatchObject({ stakedUpokt: 30_000_000_000n, status: 2 });
    expect(ledger.executed.filter(({ code }) => code !== 0)).toEqual([]);
    expect(ledger.balances.get(addressHex)).toBe(0n);
    const rows = await database.query<object[]>(
      `SELECT address, public_key, key_version, aat ->> 'app_pub_key' AS aat_key, next_address, next_sealed_private_key, failure, stake_status
         FROM tenancy.applications WHERE application_id = $1`,
      [applicationId],
    );
    expect(rows).toEqual([
      {
        address: next.addressHex,
        public_key: next.publicKeyHex,
        key_version: 2,
        aat_key: next.publicKeyHex,
        next_address: null,
        next_sealed_private_key: null,
        failure: null,
        stake_status: 'staked',
      },
    ]);
  });
});
