import type { DataSource } from 'typeorm';

/** Days that the rows are spread over; the last one is {@link LAST_DAY}. */
export const DAYS = 100;

/** Tenants that the rows are spread over. */
export const TENANTS = 500;

/** The newest day with usage. */
export const LAST_DAY = '2026-11-20';

/** Rows that one statement inserts: a few seconds' work, so that progress can be told. */
const BATCH_ROWS = 500_000;

const uuid = (expression: string, kind: number): string =>
  `('00000000-0000-4000-800${kind}-' || lpad(to_hex(${expression}), 12, '0'))::uuid`;

/** The id of a tenant by its number. */
export function tenantIdOf(number: number): string {
  return `00000000-0000-4000-8001-${number.toString(16).padStart(12, '0')}`;
}

/**
 * Fills `metering.usage` with `rows` rows: the tenants of each day in turn, each with several endpoints, methods and keys, as a
 * gateway with many small customers has them. Closes all days.
 */
export async function fillUsage(dataSource: DataSource, rows: number, tell: (rows: number) => void): Promise<void> {
  for (let from = 0; from < rows; from += BATCH_ROWS) {
    const to = Math.min(rows, from + BATCH_ROWS) - 1;
    // n = day + DAYS × (tenant + TENANTS × k): k numbers what one tenant used on one day.
    await dataSource.query(
      `INSERT INTO metering.usage (day, tenant_id, endpoint_id, application_id, chain, method, key_id, billable_relays, client_relays,
         bytes_in, bytes_out, duration_us)
       SELECT $3::date - (n % ${DAYS})::int, ${uuid('t', 1)}, ${uuid('t * 4 + k % 4', 2)}, ${uuid('t', 3)}, 'eth-mainnet',
         'method_' || (k / 8), ${uuid('t * 8 + k % 8', 4)}, 100 + n % 1000, 100 + n % 1000, n % 100000, n % 1000000, n % 10000000
       FROM (SELECT n, (n / ${DAYS}) % ${TENANTS} AS t, n / ${DAYS * TENANTS} AS k FROM generate_series($1::bigint, $2::bigint) AS n) AS r`,
      [from, to, LAST_DAY],
    );
    tell(to + 1);
  }
  await dataSource.query(
    `INSERT INTO metering.closed_days (day, closed_at, grace_ms, usage_rows, billable_relays, sent_relays)
     SELECT day, now(), 0, count(*), sum(billable_relays), sum(client_relays) FROM metering.usage GROUP BY day`,
  );
  await dataSource.query('VACUUM ANALYZE metering.usage');
}
