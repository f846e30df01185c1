import { DecodeError } from './errors.js';

/** Digits after the point in every decimal of the chain. */
export const DECIMAL_DIGITS = 18;
const ONE = 10n ** BigInt(DECIMAL_DIGITS);
const HALF = ONE / 2n;

/**
 * A number with 18 decimal digits, held as an integer of 10^-18 units: the chain's only fraction (sections 3.1 and 7.1).
 * Products and quotients are rounded half to even at the 18th digit.
 */
export type Decimal = bigint & { readonly __decimal: unique symbol };

const negative = (value: bigint): Decimal => -value as Decimal;

/** An integer as a decimal. */
export function decimalOfInteger(value: bigint | number): Decimal {
  return (BigInt(value) * ONE) as Decimal;
}

/** A decimal text such as `2.735`, at most 18 digits after the point. Throws {@link DecodeError}. */
export function parseDecimal(text: string): Decimal {
  const match = /^(-?)(\d{1,60})(?:\.(\d{1,18}))?$/.exec(text);
  if (match === null) throw new DecodeError('a decimal must look like 12.5, with at most 18 digits after the point');
  const magnitude = BigInt(`${match[2] ?? '0'}${(match[3] ?? '').padEnd(DECIMAL_DIGITS, '0')}`);
  return (match[1] === '-' ? -magnitude : magnitude) as Decimal;
}

/** A decimal with all 18 digits, as the chain prints it. */
export function formatDecimal(value: Decimal): string {
  const digits = (value < 0n ? negative(value) : value).toString().padStart(DECIMAL_DIGITS + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -DECIMAL_DIGITS)}.${digits.slice(-DECIMAL_DIGITS)}`;
}

/** Product, half to even. */
export function multiplyDecimal(left: Decimal, right: Decimal): Decimal {
  return dropDigits(left * right) as Decimal;
}

/** Quotient, half to even. The divisor must not be zero. */
export function divideDecimal(dividend: Decimal, divisor: Decimal): Decimal {
  return dropDigits((dividend * ONE * ONE) / divisor) as Decimal;
}

/** The nearest integer, half to even. */
export function roundDecimal(value: Decimal): bigint {
  return dropDigits(value);
}

/** The integer part, towards zero. */
export function truncateDecimal(value: Decimal): bigint {
  return value / ONE;
}

/** Removes 18 digits, rounding half to even; symmetric around zero. */
function dropDigits(value: bigint): bigint {
  if (value < 0n) return -dropDigits(-value);
  const quotient = value / ONE;
  const rest = value % ONE;
  if (rest > HALF || (rest === HALF && (quotient & 1n) === 1n)) return quotient + 1n;
  return quotient;
}

function power(base: Decimal, exponent: bigint): Decimal {
  if (exponent === 0n) return ONE as Decimal;
  let square = base;
  let odd = ONE as Decimal;
  for (let rest = exponent; rest > 1n; rest /= 2n) {
    if ((rest & 1n) === 1n) odd = multiplyDecimal(odd, square);
    square = multiplyDecimal(square, square);
  }
  return multiplyDecimal(square, odd);
}

/** Newton's method has converged long before; the bound only keeps hostile parameters from looping. */
const NEWTON_STEPS_MAX = 10_000;

function root(value: Decimal, degree: bigint): Decimal {
  if (value < 0n) return negative(root(negative(value), degree));
  if (degree === 1n || value === 0n || value === ONE) return value;
  let guess = ONE as Decimal;
  for (let step = 0; step < NEWTON_STEPS_MAX; step += 1) {
    const previous = power(guess, degree - 1n);
    const delta = (divideDecimal(value, previous === 0n ? (1n as Decimal) : previous) - guess) / degree;
    guess = (guess + delta) as Decimal;
    if (delta <= 1n && delta >= -1n) return guess;
  }
  throw new RangeError('the root does not converge');
}

/**
 * `base` to the power of `exponent` in hundredths: the 100th root by Newton iteration, then square-and-multiply, with the
 * chain's rounding errors (2^1 is 2.000000000000000037). The exponent is rounded to 0.01.
 */
export function fracPow(base: Decimal, exponent: Decimal, denominator = 100n): Decimal {
  if (exponent === 0n) return ONE as Decimal;
  const numerator = roundDecimal(multiplyDecimal(exponent, decimalOfInteger(denominator)));
  if (numerator < 0n) throw new RangeError('the exponent must not be negative');
  return power(root(base, denominator), numerator);
}
