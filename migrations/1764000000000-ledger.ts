import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Creates the `ledger` schema: an append-only chain with double-entry postings.
 *
 * The database itself refuses what must never be in it, whatever the program does: an entry that does not sum to zero, a
 * negative balance, a posting in the past, a second settlement of a claim, and any change of what was committed.
 */
export class Ledger1764000000000 implements MigrationInterface {
  readonly name = 'Ledger1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA ledger');
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA ledger CASCADE');
  }
}

const STATEMENTS = [
  // One row: which chain this database holds.
  `CREATE TABLE ledger.genesis (
    id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    chain_id text NOT NULL,
    digest text NOT NULL,
    time_ms bigint NOT NULL,
    state_hash text NOT NULL,
    supply_upokt bigint NOT NULL CHECK (supply_upokt >= 0)
  )`,

  `CREATE TABLE ledger.blocks (
    height bigint PRIMARY KEY CHECK (height > 0),
    hash text NOT NULL UNIQUE,
    time_ms bigint NOT NULL,
    proposer text NOT NULL,
    -- The answer of /v1/query/block, byte for byte what sessions are recomputed from.
    answer jsonb NOT NULL,
    transaction_count integer NOT NULL,
    transaction_total bigint NOT NULL,
    -- Commits to everything up to and including this block; equal on every replay.
    state_hash text NOT NULL,
    results_hash text NOT NULL,
    minted_upokt bigint NOT NULL CHECK (minted_upokt >= 0),
    burned_upokt bigint NOT NULL CHECK (burned_upokt >= 0),
    supply_upokt bigint NOT NULL CHECK (supply_upokt >= 0)
  )`,

  `CREATE TABLE ledger.transactions (
    hash text PRIMARY KEY,
    height bigint NOT NULL REFERENCES ledger.blocks (height),
    index integer NOT NULL,
    message_type text NOT NULL,
    signer text NOT NULL,
    recipient text,
    code integer NOT NULL,
    codespace text NOT NULL,
    log text NOT NULL,
    bytes bytea NOT NULL,
    UNIQUE (height, index)
  )`,
  'CREATE INDEX transactions_signer ON ledger.transactions (signer, height DESC, index DESC)',
  'CREATE INDEX transactions_recipient ON ledger.transactions (recipient, height DESC, index DESC) WHERE recipient IS NOT NULL',

  `CREATE TABLE ledger.mempool (
    hash text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    bytes bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now()
  )`,

  // Every record by the heights at which it changed; the record of a height is the newest version at or below it.
  `CREATE TABLE ledger.record_versions (
    kind text NOT NULL CHECK (kind IN ('application', 'node', 'claim', 'parameter', 'basket', 'backing')),
    -- Compared byte by byte whatever the database's locale: the order of keys is part of the rules.
    key text COLLATE "C" NOT NULL,
    height bigint NOT NULL CHECK (height >= 0),
    -- NULL: the record was removed at this height.
    record jsonb,
    PRIMARY KEY (kind, key, height)
  )`,

  // Double entry. Entries and postings are numbered within their height, so a replay writes the same rows.
  `CREATE TABLE ledger.entries (
    height bigint NOT NULL CHECK (height >= 0),
    entry integer NOT NULL CHECK (entry >= 0),
    reason text NOT NULL,
    transaction_index integer,
    PRIMARY KEY (height, entry)
  )`,
  `CREATE TABLE ledger.postings (
    height bigint NOT NULL,
    entry integer NOT NULL,
    line smallint NOT NULL,
    account text NOT NULL,
    amount_upokt bigint NOT NULL CHECK (amount_upokt <> 0),
    PRIMARY KEY (height, entry, line),
    FOREIGN KEY (height, entry) REFERENCES ledger.entries (height, entry)
  )`,
  'CREATE INDEX postings_account ON ledger.postings (account, height)',

  `CREATE TABLE ledger.balances (
    account text NOT NULL,
    height bigint NOT NULL,
    balance_upokt bigint NOT NULL,
    PRIMARY KEY (account, height),
    -- Issuance is the other side of every mint and burn: its balance is minus the supply.
    CONSTRAINT no_negative_balance CHECK (balance_upokt >= 0 OR account = 'issuance')
  )`,

  `CREATE TABLE ledger.settlements (
    node text NOT NULL,
    header_hash text NOT NULL,
    evidence_type smallint NOT NULL CHECK (evidence_type IN (1, 2)),
    height bigint NOT NULL REFERENCES ledger.blocks (height),
    transaction_hash text NOT NULL,
    app_public_key text NOT NULL,
    chain text NOT NULL,
    session_height bigint NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('paid', 'replay')),
    relays bigint NOT NULL CHECK (relays > 0),
    coins_upokt bigint NOT NULL CHECK (coins_upokt >= 0),
    node_upokt bigint NOT NULL CHECK (node_upokt >= 0),
    fees_upokt bigint NOT NULL CHECK (fees_upokt >= 0),
    burned_upokt bigint NOT NULL CHECK (burned_upokt >= 0),
    CHECK (coins_upokt = node_upokt + fees_upokt),
    -- No claim settles twice.
    CONSTRAINT settled_once PRIMARY KEY (node, header_hash, evidence_type)
  )`,
  'CREATE INDEX settlements_height ON ledger.settlements (height)',
  'CREATE INDEX settlements_session ON ledger.settlements (session_height)',

  // Balances follow the postings, in the same statement.
  `CREATE FUNCTION ledger.apply_postings() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (
      SELECT 1 FROM ledger.postings p JOIN (SELECT DISTINCT height, entry FROM written) w USING (height, entry)
      GROUP BY p.height, p.entry HAVING sum(p.amount_upokt) <> 0
    ) THEN
      RAISE EXCEPTION 'an entry does not sum to zero' USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_balance';
    END IF;
    IF EXISTS (SELECT 1 FROM written w JOIN ledger.balances b ON b.account = w.account AND b.height > w.height) THEN
      RAISE EXCEPTION 'a posting below the newest height of its account' USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_append';
    END IF;
    INSERT INTO ledger.balances (account, height, balance_upokt)
    SELECT w.account, w.height, w.delta + coalesce((
      SELECT b.balance_upokt FROM ledger.balances b WHERE b.account = w.account ORDER BY b.height DESC LIMIT 1), 0)
    FROM (SELECT account, max(height) AS height, sum(amount_upokt) AS delta FROM written GROUP BY account) w
    ON CONFLICT (account, height) DO UPDATE SET balance_upokt = EXCLUDED.balance_upokt;
    RETURN NULL;
  END $$`,
  `CREATE TRIGGER apply_postings AFTER INSERT ON ledger.postings
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION ledger.apply_postings()`,

  `CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'ledger.% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$`,
  ...['genesis', 'blocks', 'transactions', 'record_versions', 'entries', 'postings', 'settlements'].map(
    (table) => `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.${table}
      FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()`,
  ),

  // Supply at every height, from the postings alone, beside what the block recorded; difference is 0 or the ledger is broken.
  `CREATE VIEW ledger.supply_by_height AS
  WITH heights AS (
    SELECT 0::bigint AS height, supply_upokt FROM ledger.genesis
    UNION ALL SELECT height, supply_upokt FROM ledger.blocks
  ), moved AS (
    SELECT height,
      sum(amount_upokt) FILTER (WHERE account <> 'issuance') AS held,
      -sum(amount_upokt) FILTER (WHERE account = 'issuance') AS issued
    FROM ledger.postings GROUP BY height
  ), running AS (
    SELECT h.height, h.supply_upokt,
      sum(coalesce(m.held, 0)) OVER (ORDER BY h.height) AS accounts_upokt,
      sum(coalesce(m.issued, 0)) OVER (ORDER BY h.height) AS issued_upokt
    FROM heights h LEFT JOIN moved m USING (height)
  )
  SELECT height, supply_upokt, accounts_upokt, issued_upokt,
    accounts_upokt - supply_upokt AS difference_upokt FROM running`,

  // Balances that disagree with the sum of their postings: always empty.
  `CREATE VIEW ledger.balance_differences AS
  SELECT account, p.total AS posted_upokt, b.balance_upokt
  FROM (SELECT account, sum(amount_upokt) AS total FROM ledger.postings GROUP BY account) p
  FULL JOIN (SELECT DISTINCT ON (account) account, balance_upokt FROM ledger.balances ORDER BY account, height DESC) b USING (account)
  WHERE p.total IS DISTINCT FROM b.balance_upokt`,

  `CREATE VIEW ledger.records AS
  SELECT kind, key, height AS since_height, record FROM (
    SELECT DISTINCT ON (kind, key) kind, key, height, record FROM ledger.record_versions ORDER BY kind, key, height DESC
  ) newest WHERE record IS NOT NULL`,
  `CREATE VIEW ledger.applications AS
  SELECT key AS address, record->>'publicKeyHex' AS public_key, (record->>'stakedUpokt')::bigint AS staked_upokt,
    (record->>'backedUpokt')::bigint AS backed_upokt, (record->>'maxRelays')::numeric AS max_relays,
    (record->>'status')::smallint AS status, record->'chains' AS chains, since_height
  FROM ledger.records WHERE kind = 'application'`,
  `CREATE VIEW ledger.nodes AS
  SELECT key AS address, record->>'publicKeyHex' AS public_key, (record->>'stakedUpokt')::bigint AS staked_upokt,
    (record->>'status')::smallint AS status, (record->>'jailed')::boolean AS jailed, record->>'serviceUrl' AS service_url,
    record->'chains' AS chains, since_height
  FROM ledger.records WHERE kind = 'node'`,
  // Who added stake on behalf of whom, from when until when (heights).
  `CREATE VIEW ledger.backings AS
  SELECT key::bigint AS id, record->>'backer' AS backer, record->>'target' AS target, (record->>'amountUpokt')::bigint AS amount_upokt,
    (record->>'sinceHeight')::bigint AS since_height, (record->>'sinceMs')::bigint AS since_ms,
    (record->>'untilHeight')::bigint AS until_height
  FROM ledger.records WHERE kind = 'backing'`,
];
