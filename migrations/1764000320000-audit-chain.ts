import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Chains the audit log: each entry has a number without gaps and the SHA-256 of itself and its predecessor's hash. The head is kept
 * beside it, so that cutting off the newest entries shows too. Writers take turns at the head until their transaction ends.
 */
export class AuditChain1764000320000 implements MigrationInterface {
  readonly name = 'AuditChain1764000320000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER chain ON tenancy.audit_entries');
    await runner.query('DROP FUNCTION tenancy.chain_audit_entry()');
    await runner.query('DROP FUNCTION tenancy.audit_faults()');
    await runner.query('DROP FUNCTION tenancy.audit_hash(tenancy.audit_entries, bytea)');
    await runner.query('DROP TABLE tenancy.audit_head');
    await runner.query('ALTER TABLE tenancy.audit_entries DROP COLUMN chain_number, DROP COLUMN chain_hash');
  }
}

const UP = [
  'ALTER TABLE tenancy.audit_entries ADD COLUMN chain_number bigint UNIQUE, ADD COLUMN chain_hash bytea',
  `CREATE TABLE tenancy.audit_head (
     one          boolean PRIMARY KEY DEFAULT true CHECK (one),
     chain_number bigint NOT NULL,
     chain_hash   bytea NOT NULL
   )`,
  // jsonb's text is canonical: members in one order, one spelling for each number.
  `CREATE FUNCTION tenancy.audit_hash(entry tenancy.audit_entries, previous bytea) RETURNS bytea LANGUAGE sql STABLE
   SET timezone = 'UTC' AS $$
     SELECT sha256(previous || convert_to((to_jsonb(entry) - 'chain_hash')::text, 'UTF8'))
   $$`,
  `INSERT INTO tenancy.audit_head (chain_number, chain_hash) VALUES (0, sha256('audit log'))`,

  'ALTER TABLE tenancy.audit_entries DISABLE TRIGGER append_only',
  `DO $$
   DECLARE
     entry tenancy.audit_entries;
     head tenancy.audit_head;
   BEGIN
     SELECT * INTO head FROM tenancy.audit_head;
     FOR entry IN SELECT * FROM tenancy.audit_entries ORDER BY entry_id LOOP
       head.chain_number := head.chain_number + 1;
       entry.chain_number := head.chain_number;
       head.chain_hash := tenancy.audit_hash(entry, head.chain_hash);
       UPDATE tenancy.audit_entries SET chain_number = head.chain_number, chain_hash = head.chain_hash
        WHERE entry_id = entry.entry_id;
     END LOOP;
     UPDATE tenancy.audit_head SET chain_number = head.chain_number, chain_hash = head.chain_hash;
   END $$`,
  'ALTER TABLE tenancy.audit_entries ENABLE TRIGGER append_only',
  'ALTER TABLE tenancy.audit_entries ALTER COLUMN chain_number SET NOT NULL, ALTER COLUMN chain_hash SET NOT NULL',

  // As its owner: whoever writes an entry may not touch the head.
  `CREATE FUNCTION tenancy.chain_audit_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
   SET search_path = pg_catalog, pg_temp AS $$
   DECLARE
     head tenancy.audit_head;
   BEGIN
     SELECT * INTO head FROM tenancy.audit_head FOR UPDATE;
     NEW.chain_number := head.chain_number + 1;
     NEW.chain_hash := tenancy.audit_hash(NEW, head.chain_hash);
     UPDATE tenancy.audit_head SET chain_number = NEW.chain_number, chain_hash = NEW.chain_hash;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER chain BEFORE INSERT ON tenancy.audit_entries FOR EACH ROW EXECUTE FUNCTION tenancy.chain_audit_entry()`,

  // Each place where the chain does not hold; none when it does. Asked with the caller's rights, so as operator or system.
  `CREATE FUNCTION tenancy.audit_faults() RETURNS TABLE (chain_number bigint, fault text) LANGUAGE sql STABLE AS $$
     WITH linked AS (
       SELECT e AS entry, lag(e.chain_number, 1, 0::bigint) OVER chain AS before_number,
              lag(e.chain_hash, 1, sha256('audit log')) OVER chain AS before_hash
         FROM tenancy.audit_entries e WINDOW chain AS (ORDER BY e.chain_number)
     )
     SELECT (entry).chain_number, CASE WHEN (entry).chain_number <> before_number + 1 THEN 'entries are missing before it'
                                       ELSE 'it was changed' END
       FROM linked
      WHERE (entry).chain_number <> before_number + 1 OR (entry).chain_hash <> tenancy.audit_hash(entry, before_hash)
     UNION ALL
     SELECT h.chain_number, 'the newest entries are missing' FROM tenancy.audit_head h
      WHERE h.chain_number <> (SELECT COALESCE(max(e.chain_number), 0) FROM tenancy.audit_entries e)
     ORDER BY 1
   $$`,
  'REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON tenancy.audit_head FROM portal_system',
  'GRANT SELECT ON tenancy.audit_head TO portal_app, portal_system',
];
