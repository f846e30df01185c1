import { FAULT_KINDS } from './schedule.js';
import type { Invariant, KindRow } from './verdict.js';

/** More kinds of failures than this are summed up. */
const FAILURES_SHOWN = 4;

/** The table for people: a line per kind of fault, then the invariants with their figures. */
export function formatReport(rows: readonly KindRow[], invariants: readonly Invariant[]): string {
  const order = ['no fault', ...Object.keys(FAULT_KINDS)];
  const sorted = [...rows].sort((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind));
  const cells = [
    [
      'fault',
      'count',
      'seconds',
      'longest',
      'down',
      'longest',
      'served',
      'failed',
      'lost',
      'double',
      'unseen',
      'failures',
    ],
    ...sorted.map((row) => cellsOf(row)),
    cellsOf(totalOf(sorted)),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  const table = cells.map((line) =>
    line
      .map((cell, column) =>
        column === 0 || column === line.length - 1 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd(),
  );
  return [
    ...table,
    '',
    ...invariants.map((each) => `${each.holds ? 'holds   ' : 'VIOLATED'}  ${each.name} (${each.figures})`),
  ].join('\n');
}

function cellsOf(row: Omit<KindRow, 'kind'> & { readonly kind: string }): string[] {
  const failures = Object.entries(row.failures).sort(([, left], [, right]) => right - left);
  const failed = failures.reduce((sum, [, count]) => sum + count, 0);
  const shown = failures.slice(0, FAILURES_SHOWN).map(([name, count]) => `${count} × ${name}`);
  const hidden = failures.slice(FAILURES_SHOWN).reduce((sum, [, count]) => sum + count, 0);
  if (hidden > 0) shown.push(`${hidden} others`);
  return [
    row.kind,
    String(row.count),
    row.seconds.toFixed(1),
    row.secondsMost.toFixed(1),
    row.downMean.toFixed(1),
    row.downMost.toFixed(1),
    String(row.served),
    String(failed),
    String(row.lost),
    String(row.double),
    String(row.unseen),
    shown.join(', '),
  ];
}

function totalOf(rows: readonly KindRow[]): Omit<KindRow, 'kind'> & { readonly kind: string } {
  const sum = (of: (row: KindRow) => number): number => rows.reduce((so, row) => so + of(row), 0);
  const failures: Record<string, number> = {};
  for (const row of rows) {
    for (const [name, count] of Object.entries(row.failures)) failures[name] = (failures[name] ?? 0) + count;
  }
  return {
    kind: 'all',
    count: sum((row) => row.count),
    seconds: sum((row) => row.seconds),
    secondsMost: Math.max(0, ...rows.map((row) => row.secondsMost)),
    downMean:
      sum((row) => row.downMean * row.count) /
      Math.max(
        1,
        sum((row) => row.count),
      ),
    downMost: Math.max(0, ...rows.map((row) => row.downMost)),
    served: sum((row) => row.served),
    failures,
    lost: sum((row) => row.lost),
    double: sum((row) => row.double),
    unseen: sum((row) => row.unseen),
  };
}
