/** Largest limit and cost; keeps every sum a safe integer in Lua's doubles. */
export const UNITS_MAX = 1_000_000_000_000;

/** Throws a RangeError unless `units` is an integer from 1 to {@link UNITS_MAX}. */
export function checkUnits(units: number): void {
  if (!Number.isInteger(units) || units < 1 || units > UNITS_MAX) {
    throw new RangeError(`units must be an integer from 1 to ${UNITS_MAX}`);
  }
}

/** Throws a RangeError unless `limit` is an integer from 0 to {@link UNITS_MAX}. */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 0 || limit > UNITS_MAX) {
    throw new RangeError(`limit must be an integer from 0 to ${UNITS_MAX}`);
  }
}
