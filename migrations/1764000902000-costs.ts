import type { MigrationInterface, QueryRunner } from 'typeorm';

const COUNTERS = `
        billable_relays bigint NOT NULL DEFAULT 0,
        client_relays bigint NOT NULL DEFAULT 0,
        retry_relays bigint NOT NULL DEFAULT 0,
        hedge_relays bigint NOT NULL DEFAULT 0,
        quorum_relays bigint NOT NULL DEFAULT 0,
        probe_relays bigint NOT NULL DEFAULT 0`;

/**
 * The cost ledger. A chunk's relays go to `session_costs` in the chunk's transaction; when their session closes they move to `costs` at the
 * session's price. So the two together always hold every receipt once, priced as soon as the ledger has said the last word.
 */
export class Costs1764000902000 implements MigrationInterface {
  readonly name = 'Costs1764000902000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE metering.session_costs (
        application_public_key text NOT NULL,
        chain text NOT NULL,
        session_height bigint NOT NULL,
        day date NOT NULL,
        tenant_id uuid NOT NULL,
        endpoint_id uuid NOT NULL,${COUNTERS},
        PRIMARY KEY (application_public_key, chain, session_height, day, tenant_id, endpoint_id),
        FOREIGN KEY (application_public_key, chain, session_height) REFERENCES metering.sessions
      ) WITH (fillfactor = 70)`);
    await runner.query('CREATE INDEX session_costs_tenant ON metering.session_costs (tenant_id, day)');
    await runner.query(`CREATE TABLE metering.costs (
        day date NOT NULL,
        tenant_id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        chain text NOT NULL,${COUNTERS},
        cost_upokt numeric(60) NOT NULL DEFAULT 0 CHECK (cost_upokt >= 0),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (day, tenant_id, endpoint_id, chain)
      ) WITH (fillfactor = 70)`);
    await runner.query('CREATE INDEX costs_tenant ON metering.costs (tenant_id, day)');
    for (const table of ['costs', 'session_costs']) {
      await runner.query(`SELECT tenancy.protect('metering.${table}', 'SELECT')`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE metering.costs');
    await runner.query('DROP TABLE metering.session_costs');
  }
}
