import { DIMENSION_COLUMNS, type UsageDimension } from './usage-dimensions.js';

/** Where a row stands: the values of its dimensions, and for a correction the day it was recorded on. */
export interface UsagePosition {
  readonly values: readonly string[];
  /** Empty for usage, which comes before its corrections. */
  readonly recordedOn: string;
}

/** A cursor that this grouping never gave out. */
export class UsageCursorError extends Error {
  override readonly name = 'UsageCursorError';
  constructor() {
    super('The cursor is not the id of a row of this grouping.');
  }
}

/**
 * The name of a row, the same in every reading: `usage/<values>` or `correction/<recorded on>/<values>`, each value
 * percent-encoded, in the order of the dimensions. It is the cursor as well.
 */
export function rowIdOf({ values, recordedOn }: UsagePosition): string {
  const encoded = values.map(encodeURIComponent).join('/');
  return recordedOn === '' ? `usage/${encoded}` : `correction/${recordedOn}/${encoded}`;
}

/** The position that an id stands for. @throws UsageCursorError */
export function positionOf(id: string, dimensions: readonly UsageDimension[]): UsagePosition {
  const [kind, ...rest] = id.split('/');
  const recordedOn = kind === 'correction' ? (rest.shift() ?? '') : '';
  const values = rest.map(decoded);
  const fits =
    (kind === 'usage' || (kind === 'correction' && isDate(recordedOn))) &&
    values.length === dimensions.length &&
    dimensions.every((dimension, index) => {
      const { pattern, type } = DIMENSION_COLUMNS[dimension];
      const value = values[index]!;
      return pattern.test(value) && (type === 'uuid' || type === 'text' || isDate(value.slice(0, 10), value));
    });
  if (!fits) throw new UsageCursorError();
  return { values, recordedOn };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UsageCursorError();
  }
}

function isDate(day: string, instant = `${day}T00:00:00Z`): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(instant));
}
