import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import { ScopedDatabase } from '#libs/tenancy';
import {
  type UsageDimension,
  UsageCursorError,
  type UsageExport,
  type UsageExportOptions,
  type UsageFilter,
  type UsageRow,
  openUsageExport,
  usageText,
} from '#libs/usage';
import { ProblemError } from '../http/problem.js';

/** Streams under way together; each holds a connection, and the other requests need some. */
const STREAMS_MAX = 4;

const PAGE_ROWS_DEFAULT = 200;
const PAGE_ROWS_MAX = 1_000;

/** What is asked for, in the terms of #libs/usage. */
export interface UsageReading {
  readonly filter: UsageFilter;
  readonly groupBy: readonly UsageDimension[];
  readonly after: string | undefined;
  readonly limit: number | undefined;
}

/** A stream and what its headers say. */
export interface UsageStream {
  readonly file: StreamableFile;
  readonly asOf: string;
  readonly final: boolean;
}

/** Reads usage as pages and as streams, each from one snapshot of the database, as far as the request's scope may see it. */
@Injectable()
export class UsageReader {
  private streams = 0;

  constructor(private readonly database: ScopedDatabase) {}

  /** A page for a JSON answer. */
  async page(reading: UsageReading): Promise<object> {
    const limit = reading.limit ?? PAGE_ROWS_DEFAULT;
    if (limit > PAGE_ROWS_MAX) {
      throw new ProblemError('invalid', `A page has at most ${PAGE_ROWS_MAX} rows; format=ndjson streams more.`);
    }
    const found = await this.open({ ...reading, limit: limit + 1 });
    try {
      const rows: UsageRow[] = [];
      for await (const batch of found.batches) rows.push(...batch);
      const items = rows.slice(0, limit);
      return {
        items: items.map(usageItem),
        next: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
        asOf: found.asOf.toISOString(),
        final: isFinal(found, reading.filter),
      };
    } finally {
      await found.close();
    }
  }

  /** All rows as text; memory is that of one batch. @throws ProblemError `unavailable` when too many run. */
  async stream(reading: UsageReading, format: 'ndjson' | 'csv'): Promise<UsageStream> {
    if (this.streams >= STREAMS_MAX) {
      throw new ProblemError('unavailable', `${STREAMS_MAX} exports are running. Ask again when one has ended.`);
    }
    this.streams += 1;
    try {
      const found = await this.open(reading);
      const text = Readable.from(usageText(format, reading.groupBy, found.batches), { objectMode: false });
      text.once('close', () => {
        this.streams -= 1;
        // A reader that went away before the first batch has started no iteration that could end.
        void found.close();
      });
      const type = format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson';
      const disposition = `attachment; filename="usage.${format}"`;
      return {
        file: new StreamableFile(text, { type, disposition }),
        asOf: found.asOf.toISOString(),
        final: isFinal(found, reading.filter),
      };
    } catch (error) {
      this.streams -= 1;
      throw error;
    }
  }

  private async open(options: UsageExportOptions): Promise<UsageExport> {
    try {
      return await openUsageExport(this.database, options);
    } catch (error) {
      if (error instanceof UsageCursorError) throw new ProblemError('invalid', `cursor: ${error.message}`);
      throw error;
    }
  }
}

/** Whether every day that the filter can reach is closed. Without a last day it reaches today. */
function isFinal(found: UsageExport, filter: UsageFilter): boolean {
  return found.closedThrough !== null && filter.to !== undefined && filter.to <= found.closedThrough;
}

/** Counters as digits: JSON numbers would round large ones. */
function usageItem(row: UsageRow): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([field, value]: [string, unknown]) => [
      field,
      typeof value === 'bigint' ? String(value) : value instanceof Date ? value.toISOString() : value,
    ]),
  );
}
