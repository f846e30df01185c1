import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { type ExportLine, ScopedDatabase, tenantLines } from '#libs/tenancy';
import { openUsageExport } from '#libs/usage';
import type { QueryRunner } from 'typeorm';
import { ProblemError } from '../http/problem.js';

/** Exports under way together; each holds two connections in turn. */
const EXPORTS_MAX = 2;

/** A reader that takes nothing for so long loses its export, so that it cannot hold back PostgreSQL's clean-up. */
const IDLE_MS_MAX = 120_000;

/** Streams all of a tenant's data: what the control plane knows, then usage by day. The last line tells how many came before. */
@Injectable()
export class TenantExporter {
  private running = 0;

  constructor(private readonly database: ScopedDatabase) {}

  /** @throws ProblemError `unavailable` when too many run. */
  async open(tenantId: string, format: 'ndjson' | 'json'): Promise<StreamableFile> {
    if (this.running >= EXPORTS_MAX) {
      throw new ProblemError('unavailable', `${EXPORTS_MAX} exports are running. Ask again when one has ended.`);
    }
    this.running += 1;
    let runner: QueryRunner;
    try {
      runner = await this.database.openSnapshot();
      await runner.query(`SET LOCAL idle_in_transaction_session_timeout = ${IDLE_MS_MAX}`);
    } catch (error) {
      this.running -= 1;
      throw error;
    }
    const text = Readable.from(textOf(this.lines(runner, tenantId), format), { objectMode: false });
    text.once('close', () => {
      this.running -= 1;
      void closed(runner);
    });
    const type = format === 'json' ? 'application/json; charset=utf-8' : 'application/x-ndjson';
    return new StreamableFile(text, { type, disposition: `attachment; filename="tenant-${tenantId}.${format}"` });
  }

  private async *lines(runner: QueryRunner, tenantId: string): AsyncGenerator<ExportLine> {
    const [clock] = (await runner.query('SELECT now() AS now')) as [{ now: Date }];
    yield { type: 'export', tenantId, asOf: clock.now.toISOString(), format: 1 };
    let count = 1;
    for await (const line of tenantLines(runner, tenantId)) {
      count += 1;
      yield line;
    }
    // The cursor is the runner's own, so usage is of the same snapshot.
    const usage = await openUsageExport(
      { openSnapshot: () => Promise.resolve(runner) },
      { filter: { tenantId }, groupBy: ['day', 'endpoint', 'application', 'chain', 'key'] },
    );
    for await (const batch of usage.batches) {
      for (const row of batch) {
        count += 1;
        yield { type: 'usage', ...(withoutBigints(row) as object) };
      }
    }
    yield { type: 'end', lines: count };
  }
}

async function* textOf(lines: AsyncIterable<ExportLine>, format: 'ndjson' | 'json'): AsyncGenerator<string> {
  if (format === 'ndjson') {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
    return;
  }
  let separator = '[\n';
  for await (const line of lines) {
    yield `${separator}${JSON.stringify(line)}`;
    separator = ',\n';
  }
  yield '\n]\n';
}

/** Counters as digits: JSON numbers would round large ones. */
function withoutBigints(row: object): unknown {
  return JSON.parse(
    JSON.stringify(row, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );
}

/** Ends the reading wherever it is; the usage export may have ended it already. */
async function closed(runner: QueryRunner): Promise<void> {
  if (runner.isReleased) return;
  try {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
  } catch {
    // The connection is gone, and its transaction with it.
  } finally {
    if (!runner.isReleased) await runner.release();
  }
}
