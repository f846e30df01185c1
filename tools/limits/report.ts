import { isSound } from './campaign.js';
import type { LimitOutcome } from './cases.js';

/** A line per case and number of processes, over its seeds. */
export function formatOutcomes(outcomes: readonly LimitOutcome[]): string {
  const groups = new Map<string, LimitOutcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.case} ${outcome.processes}`;
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  const rows = [
    [
      'case',
      'processes',
      'seeds',
      'admitted',
      'limit',
      'over',
      'undershoot',
      'worst lease',
      'unavailable',
      'seconds',
      '',
    ],
    ...[...groups.values()].map((group) => {
      const sum = (of: (outcome: LimitOutcome) => number): string =>
        String(group.reduce((total, outcome) => total + of(outcome), 0));
      const most = (of: (outcome: LimitOutcome) => number): number => Math.max(...group.map((outcome) => of(outcome)));
      return [
        group[0]?.case ?? '',
        String(group[0]?.processes),
        String(group.length),
        sum((outcome) => outcome.admitted),
        sum((outcome) => outcome.limit),
        sum((outcome) => outcome.over),
        `${sum((outcome) => outcome.undershoot)} (most ${most((outcome) => outcome.undershoot)})`,
        String(most((outcome) => outcome.leaseWorst)),
        sum((outcome) => outcome.unavailable),
        most((outcome) => outcome.seconds).toFixed(1),
        group.every((outcome) => isSound(outcome)) ? 'holds' : 'VIOLATED',
      ];
    }),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join('  '),
    )
    .join('\n');
}
