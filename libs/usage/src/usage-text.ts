import { DIMENSION_COLUMNS, type UsageDimension, type UsageDimensionField, dimensionsOf } from './usage-dimensions.js';
import type { UsageCounters, UsageRow } from './usage-queries.js';

/** How rows are written: a JSON object a line, or RFC 4180 with a header. */
export type UsageTextFormat = 'ndjson' | 'csv';

const COUNTERS: ReadonlyArray<keyof UsageCounters> = [
  'billableRelays',
  'sentRelays',
  'clientRelays',
  'retryRelays',
  'hedgeRelays',
  'quorumRelays',
  'probeRelays',
  'rpcErrors',
  'bytesIn',
  'bytesOut',
  'durationUs',
];

/** A cell that a spreadsheet would take for a formula. */
const FORMULA_START = /^[=+\-@\t\r]/;

/** What must stand in quotes in RFC 4180. */
const QUOTED = /[",\r\n]/;

/**
 * The rows as text, one chunk of text per batch. CSV begins with its header even when there are no rows; lines end with CRLF.
 * Cells that a spreadsheet would run (`=`, `+`, `-`, `@` and blanks at the start) get a `'` before them.
 */
export async function* usageText(
  format: UsageTextFormat,
  groupBy: readonly UsageDimension[],
  batches: AsyncIterable<readonly UsageRow[]>,
): AsyncGenerator<string> {
  const fields = dimensionsOf(groupBy).map((dimension) => DIMENSION_COLUMNS[dimension].field);
  if (format === 'csv') yield csvHeader(fields);
  const lineOf = format === 'csv' ? csvLine : ndjsonLine;
  for await (const rows of batches) yield rows.map((row) => lineOf(row, fields)).join('');
}

function csvHeader(fields: readonly UsageDimensionField[]): string {
  return `${[...fields, ...COUNTERS, 'final', 'updatedAt', 'id', 'recordedOn', 'corrects'].join(',')}\r\n`;
}

function csvLine(row: UsageRow, fields: readonly UsageDimensionField[]): string {
  const cells = [
    ...fields.map((field) => row[field] ?? ''),
    ...COUNTERS.map((counter) => String(row[counter])),
    String(row.final),
    row.updatedAt.toISOString(),
    row.id,
    row.recordedOn ?? '',
    row.corrects ?? '',
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** One cell of RFC 4180, safe to open in a spreadsheet. */
export function csvCell(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return safe !== text || QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Counters are digits in quotes: JSON numbers would round large ones. */
function ndjsonLine(row: UsageRow, fields: readonly UsageDimensionField[]): string {
  const { id, recordedOn, corrects, final, updatedAt } = row;
  return `${JSON.stringify({
    id,
    ...Object.fromEntries(fields.map((field) => [field, row[field]])),
    ...Object.fromEntries(COUNTERS.map((counter) => [counter, String(row[counter])])),
    recordedOn,
    corrects,
    final,
    updatedAt,
  })}\n`;
}
