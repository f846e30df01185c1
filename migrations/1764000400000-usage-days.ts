import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every usage row names: the day and whose relays of which kind. */
const KEY_COLUMNS = `
        day date NOT NULL,
        hour smallint NOT NULL CHECK (hour BETWEEN 0 AND 23),
        tenant_id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        application_id uuid NOT NULL,
        chain text NOT NULL,
        method text NOT NULL,
        key_id uuid NOT NULL`;

const COUNTER_COLUMNS = `
        billable_relays bigint NOT NULL DEFAULT 0,
        client_relays bigint NOT NULL DEFAULT 0,
        retry_relays bigint NOT NULL DEFAULT 0,
        hedge_relays bigint NOT NULL DEFAULT 0,
        quorum_relays bigint NOT NULL DEFAULT 0,
        probe_relays bigint NOT NULL DEFAULT 0,
        rpc_errors bigint NOT NULL DEFAULT 0,
        bytes_in bigint NOT NULL DEFAULT 0,
        bytes_out bigint NOT NULL DEFAULT 0,
        duration_us bigint NOT NULL DEFAULT 0`;

/**
 * Usage by the hour, days that are closed, corrections of closed days, receipts by session and day, and the feed of usage events.
 */
export class UsageDays1764000400000 implements MigrationInterface {
  readonly name = 'UsageDays1764000400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE metering.${table}`);
    await runner.query('DROP FUNCTION metering.refuse_change()');
  }
}

const TABLES = [
  'event_head',
  'events',
  'event_outbox',
  'session_days',
  'usage_corrections',
  'closed_days',
  'usage_hours',
] as const;

const STATEMENTS = [
  `CREATE TABLE metering.usage_hours (${KEY_COLUMNS},${COUNTER_COLUMNS},
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (day, hour, tenant_id, endpoint_id, application_id, chain, method, key_id)
      ) WITH (fillfactor = 70)`,
  `CREATE INDEX usage_hours_tenant ON metering.usage_hours (tenant_id, day)`,

  // Closed without gaps: a day is final when it is not after the newest row. The totals are those at closing.
  `CREATE TABLE metering.closed_days (
        day date PRIMARY KEY,
        closed_at timestamptz NOT NULL,
        grace_ms bigint NOT NULL CHECK (grace_ms >= 0),
        usage_rows bigint NOT NULL,
        billable_relays bigint NOT NULL,
        sent_relays bigint NOT NULL
      )`,

  // Receipts of a day that was closed when they came. recorded_on is the UTC day of recording: the invoice they belong to.
  `CREATE TABLE metering.usage_corrections (
        correction_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        chunk_id text NOT NULL REFERENCES metering.chunks,${KEY_COLUMNS},${COUNTER_COLUMNS},
        recorded_at timestamptz NOT NULL DEFAULT now(),
        recorded_on date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date
      )`,
  `CREATE INDEX usage_corrections_day ON metering.usage_corrections (day, tenant_id)`,
  `CREATE INDEX usage_corrections_recorded ON metering.usage_corrections (recorded_on, tenant_id)`,

  // Ties days to sessions, so that a day can be compared with what was proven.
  `CREATE TABLE metering.session_days (
        application_public_key text NOT NULL,
        chain text NOT NULL,
        session_height bigint NOT NULL,
        day date NOT NULL,
        receipts bigint NOT NULL,
        billable bigint NOT NULL,
        PRIMARY KEY (application_public_key, chain, session_height, day),
        FOREIGN KEY (application_public_key, chain, session_height) REFERENCES metering.sessions
      ) WITH (fillfactor = 70)`,
  `CREATE INDEX session_days_day ON metering.session_days (day)`,

  // Written in the transaction of what it tells of; emptied into events by one sequencer at a time.
  `CREATE TABLE metering.event_outbox (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id text NOT NULL,
        type text NOT NULL,
        tenant_id uuid,
        occurred_at timestamptz NOT NULL DEFAULT now(),
        data jsonb NOT NULL
      )`,
  `CREATE TABLE metering.events (
        sequence bigint PRIMARY KEY CHECK (sequence > 0),
        event_id text NOT NULL UNIQUE,
        type text NOT NULL,
        tenant_id uuid,
        occurred_at timestamptz NOT NULL,
        data jsonb NOT NULL
      )`,
  `CREATE INDEX events_tenant ON metering.events (tenant_id, sequence)`,
  `CREATE TABLE metering.event_head (
        is_the_row boolean PRIMARY KEY DEFAULT true CHECK (is_the_row),
        sequence bigint NOT NULL
      )`,
  `INSERT INTO metering.event_head (sequence) VALUES (0)`,

  `CREATE FUNCTION metering.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'metering.% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$`,
  ...['closed_days', 'usage_corrections', 'events'].map(
    (table) => `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON metering.${table}
     FOR EACH ROW EXECUTE FUNCTION metering.refuse_change()`,
  ),
];
