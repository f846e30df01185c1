import { createDataSource } from '#libs/persistence';
import { ScopedDatabase, runInScope } from '#libs/tenancy';
import { openUsageExport, queryUsage, usageText } from '#libs/usage';
import { LAST_DAY, TENANTS, tenantIdOf } from '../fill.js';

/** What reading took. */
export interface ReadResult {
  /** Milliseconds of each query, in the order of asking. */
  readonly queriesMs: readonly number[];
  readonly rows: number;
  readonly seconds: number;
  readonly rssPeakMiB: number;
}

const GROUPING = ['day', 'tenant', 'endpoint', 'application', 'chain', 'method', 'key'] as const;

/** Queries that are made before any is measured: connections, plans and caches. */
const WARM_UP = 10;

/** One tenant's usage of one day by endpoint and method, as a tenant's own request reads it: under row-level security. */
async function queries(database: ScopedDatabase, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let query = 0; query < WARM_UP + count; query += 1) {
    const tenantId = tenantIdOf((query * 37) % TENANTS);
    const day = new Date(Date.parse(LAST_DAY) - (query % 90) * 86_400_000).toISOString().slice(0, 10);
    const startedAt = performance.now();
    const rows = await runInScope({ kind: 'tenant', tenantId, actor: 'bench' }, () =>
      queryUsage(database, { tenantId, from: day, to: day }, ['day', 'endpoint', 'method'], { limit: 1_000 }),
    );
    if (rows.length === 0) throw new Error(`no usage of ${tenantId} on ${day}`);
    if (query >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return times;
}

async function exported(database: ScopedDatabase, format: 'csv' | 'ndjson', limit: number): Promise<number> {
  const found = await runInScope({ kind: 'operator', actor: 'bench' }, () =>
    openUsageExport(database, { filter: {}, groupBy: GROUPING, limit }),
  );
  let lines = 0;
  for await (const text of usageText(format, GROUPING, found.batches)) lines += text.split('\n').length - 1;
  return format === 'csv' ? lines - 1 : lines;
}

async function main(url: string, what: string, count: number): Promise<ReadResult> {
  const dataSource = await createDataSource({ url });
  const database = new ScopedDatabase(dataSource);
  const startedAt = performance.now();
  const queriesMs = what === 'queries' ? await queries(database, count) : [];
  const rows = what === 'queries' ? 0 : await exported(database, what as 'csv' | 'ndjson', count);
  const seconds = (performance.now() - startedAt) / 1_000;
  await dataSource.destroy();
  return { queriesMs, rows, seconds, rssPeakMiB: process.resourceUsage().maxRSS / 1_024 };
}

const [url = '', what = 'queries', count = '200'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await main(url, what, Number(count)))}\n`);
