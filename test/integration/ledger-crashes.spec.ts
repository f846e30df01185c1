import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GenesisMismatchError, ProducerElsewhereError } from '#libs/ledger';
import { createDataSource } from '#libs/persistence';
import { LedgerNetwork, POKT, keyOf } from './ledger-network.js';

/** The tables a block is written to, in the order of writing, and where a crash can therefore fall between two steps. */
const STEPS = ['blocks', 'transactions', 'record_versions', 'entries', 'postings', 'settlements', 'mempool'] as const;

/** A short life with everything that touches money in it. `produce` makes one block however often it takes. */
async function live(network: LedgerNetwork, produce: () => Promise<unknown>): Promise<void> {
  const advance = async (height: number): Promise<void> => {
    while ((await network.ledger.height()) < height) await produce();
  };
  const stake = { publicKeyHex: network.application.publicKeyHex, chains: ['0021'], valueUpokt: 20_000n * POKT };
  await network.submit(network.application, { type: 'apps/MsgAppStake', value: stake });
  await produce();
  await advance(5);
  const header = network.header(5);
  const members = await network.sessionNodes(header);
  const evidence = members.map((node) => network.evidence(header, node, 20));
  await advance(8);
  for (const [index, node] of members.entries()) {
    const item = evidence[index];
    if (item) await network.submit(network.settler, network.claimOf(header, node, item));
  }
  await produce();
  await network.submit(network.treasury, {
    type: 'pos/Send',
    value: { fromAddressHex: network.treasury.addressHex, toAddressHex: keyOf('friend').addressHex, amountUpokt: 5n },
  });
  await advance(17);
  for (const item of evidence) await network.submit(network.settler, await network.proofOf(header, item));
  await produce();
  await produce();
}

async function stateHashes(network: LedgerNetwork): Promise<string[]> {
  const rows = await network.dataSource.query<Array<{ state_hash: string }>>(
    'SELECT state_hash FROM ledger.blocks ORDER BY height',
  );
  return rows.map((row) => row.state_hash);
}

describe('crashes, retries and concurrency', () => {
  let calm: LedgerNetwork;
  beforeAll(async () => {
    calm = await LedgerNetwork.start();
    await live(calm, () => calm.produce());
  });
  afterAll(() => calm.stop());

  it('a connection killed between any two steps of a block leaves the block out as a whole, and the next try gives the same chain', async () => {
    const network = await LedgerNetwork.start();
    const other = await createDataSource({ url: network.url, connectionsMax: 2 });
    const killedAt = new Set<string>();
    /** Kills the producer before `step`. True when the block needed no such step and was committed. */
    const crashBefore = async (step: (typeof STEPS)[number]): Promise<boolean> => {
      const heightBefore = await network.ledger.height();
      const blocker = other.createQueryRunner();
      await blocker.startTransaction();
      // The producer stops here, with everything before it written.
      await blocker.query(`LOCK TABLE ledger.${step} IN EXCLUSIVE MODE`);
      let outcome: 'committed' | 'failed' | undefined;
      const attempt = network.produce().then(
        () => (outcome = 'committed'),
        () => (outcome = 'failed'),
      );
      const pids = await vi.waitFor(
        async () => {
          const rows = await other.query<Array<{ pid: number }>>(
            `SELECT pid FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`,
          );
          if (rows.length === 0 && outcome === undefined) throw new Error('the producer is still running');
          return rows.map((row) => row.pid);
        },
        { timeout: 5_000, interval: 2 },
      );
      for (const pid of pids) await other.query('SELECT pg_terminate_backend($1)', [pid]);
      await attempt;
      await blocker.rollbackTransaction();
      await blocker.release();
      if (outcome === 'committed') return true;
      killedAt.add(step);
      expect(await network.ledger.height()).toBe(heightBefore);
      network.timeMs -= 2_000;
      return false;
    };
    try {
      await live(network, async () => {
        for (const step of STEPS) if (await crashBefore(step)) return;
        await network.produce();
      });
      expect([...killedAt].sort()).toEqual([...STEPS].sort());
      expect(await stateHashes(network)).toEqual(await stateHashes(calm));
      expect(await network.auditFailures()).toEqual([]);
    } finally {
      await other.destroy();
      await network.stop();
    }
  });

  it('replaying the blocks of a chain on a fresh database gives the same blocks, hashes included', async () => {
    const copy = await LedgerNetwork.start();
    try {
      const blocks = await calm.dataSource.query<Array<{ height: string; time_ms: string }>>(
        'SELECT height, time_ms FROM ledger.blocks ORDER BY height',
      );
      for (const { height, time_ms: timeMs } of blocks) {
        for (const { bytes } of await calm.ledger.blockTransactions(Number(height))) {
          expect(await copy.ledger.submit(bytes)).toMatchObject({ code: 0 });
        }
        copy.timeMs = Number(timeMs);
        await copy.ledger.produceBlock();
      }
      expect(await stateHashes(copy)).toEqual(await stateHashes(calm));
      expect(await copy.balances()).toEqual(await calm.balances());
      const newest = await calm.ledger.height();
      expect(await copy.ledger.block(newest)).toEqual(await calm.ledger.block(newest));
    } finally {
      await copy.stop();
    }
  });

  it('two submitters that hand in the same transactions many times at once have the result of one', async () => {
    const network = await LedgerNetwork.start();
    const second = await createDataSource({ url: network.url, connectionsMax: 4 });
    const twin = network.newLedger(second);
    try {
      const friend = keyOf('friend').addressHex;
      const payments = Array.from({ length: 10 }, () =>
        network.sign(network.treasury, {
          type: 'pos/Send',
          value: { fromAddressHex: network.treasury.addressHex, toAddressHex: friend, amountUpokt: 7n },
        }),
      );
      for (let round = 0; round < 3; round += 1) {
        await Promise.all([
          ...payments.flatMap((bytes) => [network.ledger.submit(bytes), twin.submit(bytes), twin.submit(bytes)]),
          network.produce(),
        ]);
      }
      await network.produce();
      expect(await network.ledger.balanceUpokt(friend)).toBe(70n);
      expect(await twin.submit(payments[0] as Buffer)).toMatchObject({ code: 6, codespace: 'auth' });
      expect(await network.auditFailures()).toEqual([]);
    } finally {
      await twin.close();
      await second.destroy();
      await network.stop();
    }
  });

  it('only one process produces; another takes over when it ends, and sees everything', async () => {
    const network = await LedgerNetwork.start();
    const second = await createDataSource({ url: network.url, connectionsMax: 4 });
    const twin = network.newLedger(second);
    try {
      await network.produce();
      await expect(twin.produceBlock()).rejects.toBeInstanceOf(ProducerElsewhereError);
      expect(await twin.height()).toBe(1);
      await network.ledger.close();
      network.timeMs += 2_000;
      expect(await twin.produceBlock()).toMatchObject({ height: 2 });
      expect(await network.ledger.height()).toBe(2);
    } finally {
      await twin.close();
      await second.destroy();
      await network.stop();
    }
  });

  it('two processes may initialise at once; another genesis is refused', async () => {
    const network = await LedgerNetwork.start();
    try {
      await Promise.all([network.ledger.initialize(network.genesis), network.newLedger().initialize(network.genesis)]);
      await network.ledger.initialize({ ...network.genesis, timeMs: network.genesis.timeMs + 60_000 });
      const other = { ...network.genesis, accounts: [] };
      await expect(network.ledger.initialize(other)).rejects.toBeInstanceOf(GenesisMismatchError);
      expect(await network.auditFailures()).toEqual([]);
    } finally {
      await network.stop();
    }
  });
});

describe('what the database itself refuses', () => {
  let network: LedgerNetwork;
  beforeAll(async () => {
    network = await LedgerNetwork.start();
    await live(network, () => network.produce());
  });
  afterAll(() => network.stop());

  /** Writes one entry by hand, as a defective program would. */
  function entry(postings: ReadonlyArray<readonly [string, bigint]>): Promise<unknown> {
    return network.dataSource.transaction(async (sql) => {
      await sql.query(`INSERT INTO ledger.entries (height, entry, reason) VALUES (1000000, 0, 'by hand')`);
      await sql.query(
        `INSERT INTO ledger.postings (height, entry, line, account, amount_upokt)
         SELECT 1000000, 0, ordinality, account, amount FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS p (account, amount)`,
        [postings.map(([account]) => account), postings.map(([, amount]) => amount.toString())],
      );
    });
  }

  it('an entry that does not sum to zero', async () => {
    await expect(entry([['account/a', 5n]])).rejects.toThrow('does not sum to zero');
  });

  it('a balance below zero', async () => {
    const overdraft = entry([
      ['account/a', -5n],
      ['account/b', 5n],
    ]);
    await expect(overdraft).rejects.toThrow('no_negative_balance');
  });

  it('a second settlement of a claim', async () => {
    const again = network.dataSource.query(
      `INSERT INTO ledger.settlements SELECT node, header_hash, evidence_type, 1, transaction_hash, app_public_key, chain,
         session_height, outcome, relays, coins_upokt, node_upokt, fees_upokt, burned_upokt FROM ledger.settlements LIMIT 1`,
    );
    await expect(again).rejects.toThrow('settled_once');
  });

  it.each(['genesis', 'blocks', 'transactions', 'record_versions', 'entries', 'postings', 'settlements'])(
    'any change of %s once it is committed',
    async (table) => {
      await expect(network.dataSource.query(`DELETE FROM ledger.${table}`)).rejects.toThrow('append-only');
      await expect(network.dataSource.query(`TRUNCATE ledger.${table} CASCADE`)).rejects.toThrow('append-only');
    },
  );

  it('a posting below the newest height of its account', async () => {
    const late = network.dataSource.transaction(async (sql) => {
      await sql.query(`INSERT INTO ledger.entries (height, entry, reason) VALUES (0, 999, 'by hand')`);
      await sql.query(
        `INSERT INTO ledger.postings (height, entry, line, account, amount_upokt) VALUES (0, 999, 0, $1, -1), (0, 999, 1, 'issuance', 1)`,
        [`account/${network.settler.addressHex}`],
      );
    });
    await expect(late).rejects.toThrow('newest height');
  });
});
