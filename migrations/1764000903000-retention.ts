import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Removal of what has served its purpose: bytes of settled chunks, and old events of the feed. Every removal leaves a row of counts. */
export class Retention1764000903000 implements MigrationInterface {
  readonly name = 'Retention1764000903000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER append_only ON metering.events');
    await runner.query('DROP FUNCTION metering.refuse_event_change()');
    await runner.query(`CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON metering.events
      FOR EACH ROW EXECUTE FUNCTION metering.refuse_change()`);
    await runner.query('REVOKE SELECT ON metering.event_head FROM portal_app');
    await runner.query('ALTER TABLE metering.event_head DROP COLUMN oldest_sequence');
    await runner.query('DROP TABLE metering.removals');
    await runner.query('DROP INDEX metering.chunks_with_bytes');
    await runner.query('ALTER TABLE metering.chunks DROP COLUMN bytes_removed_at');
  }
}

const STATEMENTS = [
  'ALTER TABLE metering.chunks ADD COLUMN bytes_removed_at timestamptz',
  'CREATE INDEX chunks_with_bytes ON metering.chunks (stored_at) WHERE bytes_removed_at IS NULL AND verified_at IS NOT NULL',
  `CREATE TABLE metering.removals (
        removal_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('chunk_bytes', 'events')),
        removed_at timestamptz NOT NULL DEFAULT now(),
        rows_count bigint NOT NULL CHECK (rows_count > 0),
        receipts bigint,
        bytes_count bigint,
        through_sequence bigint
      )`,
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON metering.removals
     FOR EACH ROW EXECUTE FUNCTION metering.refuse_change()`,
  // The smallest sequence that is kept; a reader below it is told so.
  'ALTER TABLE metering.event_head ADD COLUMN oldest_sequence bigint NOT NULL DEFAULT 1',
  'GRANT SELECT ON metering.event_head TO portal_app',
  `CREATE FUNCTION metering.refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' AND OLD.sequence < (SELECT oldest_sequence FROM metering.event_head) THEN
      RETURN OLD;
    END IF;
    RAISE EXCEPTION 'metering.events is append-only' USING ERRCODE = 'restrict_violation';
  END $$`,
  'DROP TRIGGER append_only ON metering.events',
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON metering.events
     FOR EACH ROW EXECUTE FUNCTION metering.refuse_event_change()`,
];
