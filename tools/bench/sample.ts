import { median, medianRatio } from './statistics.js';

/** One row in one round. */
export interface Sample {
  readonly perSecond: number;
  /** Everything answered, warm-up included. */
  readonly calls: number;
  /** Processor time of the proxies divided by what they answered. */
  readonly cpuUs: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly residentMiB: number;
  /** Answers that were not what they should have been. */
  readonly failures: number;
}

/** A row of the table: what is measured and what each round gave. */
export interface Row {
  readonly name: string;
  readonly samples: Sample[];
  /** What its ratios are taken to; a row of the same rounds. */
  readonly base: Row | null;
  readonly note: string;
}

/** A row's medians and its ratios to its base. */
export interface RowSummary {
  readonly name: string;
  readonly perSecond: number;
  readonly ratio: number | null;
  readonly cpuUs: number;
  /** Base's processor time over this row's: the ratio of what one core can do, whatever else ran on it. */
  readonly cpuRatio: number | null;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly residentMiB: number;
  readonly failures: number;
  readonly note: string;
}

/** Makes a row without samples. */
export function row(name: string, base: Row | null = null, note = ''): Row {
  return { name, samples: [], base, note };
}

/** Medians of a row; ratios round by round. */
export function summarise({ name, samples, base, note }: Row): RowSummary {
  const of = (field: keyof Sample): number[] => samples.map((sample) => sample[field]);
  const baseOf = (field: keyof Sample): number[] => base?.samples.map((sample) => sample[field]) ?? [];
  return {
    name,
    perSecond: median(of('perSecond')),
    ratio: base === null ? null : medianRatio(of('perSecond'), baseOf('perSecond')),
    cpuUs: median(of('cpuUs')),
    cpuRatio: base === null ? null : medianRatio(baseOf('cpuUs'), of('cpuUs')),
    p50Us: median(of('p50Us')),
    p99Us: median(of('p99Us')),
    residentMiB: median(of('residentMiB')),
    failures: of('failures').reduce((sum, failures) => sum + failures, 0),
    note,
  };
}

const HEADINGS = ['', 'per second', '×', 'CPU µs each', '× by CPU', 'p50 µs', 'p99 µs', 'RSS MiB', 'failed', ''];

/** The rows as a Markdown table. `base` names what × is a multiple of. */
export function table(title: string, rows: readonly RowSummary[]): string {
  const lines = [
    [title, ...HEADINGS.slice(1)],
    HEADINGS.map((_heading, index) => (index === 0 || index === HEADINGS.length - 1 ? '---' : '--:')),
    ...rows.map((one) => [
      one.name,
      whole(one.perSecond),
      one.ratio === null ? '' : one.ratio.toFixed(3),
      number(one.cpuUs),
      one.cpuRatio === null ? '' : one.cpuRatio.toFixed(3),
      whole(one.p50Us),
      whole(one.p99Us),
      whole(one.residentMiB),
      whole(one.failures),
      one.note,
    ]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function whole(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en-US') : '–';
}

function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? whole(value) : value.toFixed(1);
}
