/** Decimal places in which amounts are exact: 12 of a price and 6 of a million relays. */
export const EXACT_PLACES = 18;

/** An amount in units of 10^-`places` as a decimal, without trailing zeros beyond `placesMin`. */
export function decimalText(units: bigint, places: number, placesMin = 0): string {
  const digits = String(units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  let fraction = places === 0 ? '' : digits.slice(digits.length - places);
  while (fraction.length > placesMin && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** Rounds a non-negative quotient to the nearest integer, halves to the even one. */
export function roundHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  if (twice < denominator) return quotient;
  return twice > denominator || quotient % 2n === 1n ? quotient + 1n : quotient;
}

/**
 * Whole numbers that add up to `total`, each within one of its exact value: every exact value is rounded down, and what is missing goes, one
 * each, to the largest remainders; equal ones in the order given.
 *
 * @param total the rounded sum of `exact` over `unit`.
 */
export function apportion(exact: readonly bigint[], unit: bigint, total: bigint): bigint[] {
  const floors = exact.map((value) => value / unit);
  let missing = total - floors.reduce((sum, value) => sum + value, 0n);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value % unit }))
    .toSorted((left, right) =>
      left.remainder === right.remainder ? left.index - right.index : left.remainder > right.remainder ? -1 : 1,
    );
  for (const { index } of byRemainder) {
    if (missing <= 0n) break;
    floors[index]! += 1n;
    missing -= 1n;
  }
  return floors;
}
