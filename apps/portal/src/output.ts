import type { Io } from './io.js';

/** How answers are printed. */
export type OutputFormat = 'table' | 'json' | 'ndjson';

/** Longest cell of a table. */
const CELL_LENGTH_MAX = 64;
const GAP = '  ';

/** Prints one answer. A page in a table is its entries and, when there are more, how to see them. */
export function printAnswer(io: Io, format: OutputFormat, answer: unknown): void {
  if (typeof answer === 'string') return io.out(answer.endsWith('\n') ? answer : `${answer}\n`);
  if (format === 'json') return io.out(`${JSON.stringify(answer, null, 2)}\n`);
  const items = itemsOf(answer);
  if (format === 'ndjson') return (items ?? [answer]).forEach((item) => io.out(`${JSON.stringify(item)}\n`));
  if (items === null) return io.out(fieldTable(answer));
  io.out(items.length === 0 ? 'Nothing.\n' : rowTable(items, io.columns));
  const next = (answer as { next?: unknown }).next;
  if (typeof next === 'string' && items.length > 0) io.err(`There may be more: --all, or --cursor ${next}\n`);
}

/** Entries of a page; null when the answer is none. */
export function itemsOf(answer: unknown): readonly unknown[] | null {
  if (typeof answer !== 'object' || answer === null || !('items' in answer)) return null;
  return Array.isArray(answer.items) ? answer.items : null;
}

/** What a machine wants to see of a thing rather than a person. */
const ID = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,})$/;

/**
 * One line an entry, fields of fields by their path; as many columns as fit and never fewer than two: the first field, then those
 * that say something, then ids.
 */
function rowTable(items: readonly unknown[], columns: number): string {
  const rows = items.map((item) =>
    typeof item === 'object' && item !== null ? Object.fromEntries(leaves(item, '')) : { value: item },
  ) as ReadonlyArray<Record<string, unknown>>;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) =>
    rows.some((row) => row[name] !== null && row[name] !== undefined),
  );
  const isId = (name: string): boolean =>
    name !== names[0] && rows.every((row) => row[name] === null || ID.test(text(row[name])));
  const wanted = [...names.filter((name) => !isId(name)), ...names.filter(isId)];
  const fitting = new Map<string, number>();
  let width = 0;
  for (const name of wanted) {
    const own = Math.max(name.length, ...rows.map((row) => cell(row[name]).length));
    if (fitting.size >= 2 && width + own > columns) continue;
    fitting.set(name, own);
    width += own + GAP.length;
  }
  const chosen = names.flatMap((name) => {
    const own = fitting.get(name);
    return own === undefined ? [] : [{ name, width: own }];
  });
  const line = (text: (name: string) => string): string =>
    chosen
      .map(({ name, width: own }) => text(name).padEnd(own))
      .join(GAP)
      .trimEnd();
  return `${[line((name) => name), ...rows.map((row) => line((name) => cell(row[name])))].join('\n')}\n`;
}

/** A field a line; fields of fields by their path. */
function fieldTable(answer: unknown): string {
  const fields = leaves(answer, '').map(([name, value]) => [name, text(value)] as const);
  const width = Math.max(0, ...fields.map(([name]) => name.length));
  return fields.map(([name, value]) => `${name.padEnd(width)}${GAP}${value}\n`).join('');
}

function leaves(value: unknown, path: string): Array<readonly [string, unknown]> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}.${name}`));
  }
  return [[path, value]];
}

function cell(value: unknown): string {
  const whole = text(value);
  return whole.length > CELL_LENGTH_MAX ? `${whole.slice(0, CELL_LENGTH_MAX - 1)}…` : whole;
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object')) return value.join(',');
  const plain = typeof value === 'string' ? value : JSON.stringify(value);
  // A name from the API must not move the terminal's cursor.
  return plain.replaceAll(/\p{Cc}/gu, '�');
}
