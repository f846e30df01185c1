/** Results of one group of vectors. */
export interface GroupResult {
  passed: number;
  readonly failures: string[];
  /** Paths of fields, or the group itself, that nothing here knows. */
  readonly unknown: string[];
}

/** Results of a vectors file, by group in the order of the file. */
export class Report {
  readonly groups = new Map<string, GroupResult>();

  group(name: string): GroupResult {
    let result = this.groups.get(name);
    if (result === undefined) {
      result = { passed: 0, failures: [], unknown: [] };
      this.groups.set(name, result);
    }
    return result;
  }

  get passed(): number {
    return [...this.groups.values()].reduce((sum, group) => sum + group.passed, 0);
  }

  get failed(): number {
    return [...this.groups.values()].reduce((sum, group) => sum + group.failures.length, 0);
  }

  get unknown(): number {
    return [...this.groups.values()].reduce((sum, group) => sum + group.unknown.length, 0);
  }

  /** The report as text; the last line is `N passed, N failed`. */
  format(): string {
    const lines: string[] = [];
    const width = Math.max(0, ...[...this.groups.keys()].map((name) => name.length));
    for (const [name, group] of this.groups) {
      lines.push(`${name.padEnd(width)}  ${group.passed} passed, ${group.failures.length} failed`);
      for (const failure of group.failures) lines.push(`  failed: ${failure}`);
      for (const path of group.unknown) lines.push(`  unknown, not checked: ${path}`);
    }
    if (this.unknown > 0) lines.push(`${this.unknown} unknown groups or fields`);
    lines.push(`${this.passed} passed, ${this.failed} failed`);
    return lines.join('\n');
  }
}

/** Values of a vectors file: JSON, with integers beyond 2^53 as bigint. */
export type Value = null | boolean | string | number | bigint | Value[] | { [key: string]: Value };

/** Fields that only explain. */
const EXPLAINING = /(^|_)(note|notes|about|comment|description|source)$/;

/**
 * One object of the file while it is being checked: knows which fields were used, so that the rest can be reported. Fields
 * are asked for by every name they are known under, in this file or its siblings.
 */
export class Fields {
  private readonly used = new Set<string>();

  constructor(
    readonly value: Record<string, Value>,
    readonly path: string,
    readonly result: GroupResult,
  ) {}

  /** The field under the first of these names that exists; undefined when none does. */
  take(...names: readonly string[]): Value | undefined {
    const name = names.find((candidate) => Object.hasOwn(this.value, candidate));
    if (name === undefined) return undefined;
    this.used.add(name);
    return this.value[name];
  }

  has(...names: readonly string[]): boolean {
    return names.some((name) => Object.hasOwn(this.value, name));
  }

  text(...names: readonly string[]): string | undefined {
    const value = this.take(...names);
    return value === undefined || value === null || typeof value === 'object' ? undefined : scalarText(value);
  }

  number(...names: readonly string[]): number | undefined {
    const text = this.text(...names);
    return text === undefined || text === '' ? undefined : Number(text);
  }

  bigint(...names: readonly string[]): bigint | undefined {
    const text = this.text(...names);
    return text === undefined ? undefined : BigInt(text);
  }

  list(...names: readonly string[]): Value[] | undefined {
    const value = this.take(...names);
    return Array.isArray(value) ? value : undefined;
  }

  object(...names: readonly string[]): Fields | undefined {
    const name = names.find((candidate) => isObject(this.value[candidate]));
    if (name === undefined) return undefined;
    this.used.add(name);
    return new Fields(this.value[name] as Record<string, Value>, `${this.path}.${name}`, this.result);
  }

  /** The objects of a list; elements of other kinds are reported. */
  rows(...names: readonly string[]): Fields[] {
    const name = names.find((candidate) => Array.isArray(this.value[candidate]));
    if (name === undefined) return [];
    this.used.add(name);
    return rowsOf(this.value[name] as Value[], `${this.path}.${name}`, this.result);
  }

  /** Compares the field, if it is there, with what this implementation derives. Returns whether it was there. */
  expect(names: string | readonly string[], derive: () => unknown): boolean {
    const all = typeof names === 'string' ? [names] : names;
    const name = all.find((candidate) => Object.hasOwn(this.value, candidate));
    if (name === undefined) return false;
    this.used.add(name);
    this.compare(name, this.value[name] as Value, derive);
    return true;
  }

  /** Compares two values under a name of the caller's. */
  compare(name: string, expected: Value, derive: () => unknown): void {
    let actual: unknown;
    try {
      actual = derive();
    } catch (error) {
      this.fail(
        name,
        `expected ${show(expected)}, got error ${error instanceof Error ? error.message : String(error)}`,
      );
      return;
    }
    if (isEqual(expected, actual)) this.pass();
    else this.fail(name, `expected ${show(expected)}, got ${show(actual)}`);
  }

  /** A condition that must hold. */
  check(name: string, condition: () => boolean): void {
    this.compare(name, true, condition);
  }

  pass(): void {
    this.result.passed += 1;
  }

  fail(name: string, message: string): void {
    this.result.failures.push(`${this.path}.${name}: ${message}`);
  }

  /** Names of fields that were neither used nor explain anything. */
  unused(): string[] {
    return Object.keys(this.value).filter((name) => !this.used.has(name) && !EXPLAINING.test(name));
  }

  /** Reports what was not used. Called once, at the end. */
  finish(): void {
    for (const name of this.unused()) this.result.unknown.push(`${this.path}.${name}`);
  }
}

/** Elements of a list as {@link Fields}; elements of other kinds are reported. */
export function rowsOf(list: readonly Value[], path: string, result: GroupResult): Fields[] {
  const rows: Fields[] = [];
  list.forEach((item, index) => {
    if (isObject(item)) rows.push(new Fields(item, `${path}[${index}]`, result));
    else result.unknown.push(`${path}[${index}]`);
  });
  return rows;
}

/** A scalar as text; empty for lists, objects and what is missing. */
export function scalarText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return value.toString();
    default:
      return '';
  }
}

export function isObject(value: unknown): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equality of JSON values in which integers may be numbers, bigint or decimal text. */
export function isEqual(expected: unknown, actual: unknown): boolean {
  if (expected === actual) return true;
  if (isScalarNumber(expected) || isScalarNumber(actual)) {
    if (isScalarNumber(expected) ? isNumeric(actual) : isNumeric(expected)) return sameNumber(expected, actual);
    return false;
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return expected.length === actual.length && expected.every((item, index) => isEqual(item, actual[index]));
  }
  if (isObject(expected) && isObject(actual)) {
    const keys = Object.keys(expected);
    return keys.length === Object.keys(actual).length && keys.every((key) => isEqual(expected[key], actual[key]));
  }
  return false;
}

function isScalarNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isNumeric(value: unknown): boolean {
  return isScalarNumber(value) || (typeof value === 'string' && /^-?\d+$/.test(value));
}

/** Large integers that went through float64, as pocket-core's queries write them, equal their exact value rounded alike. */
function sameNumber(left: unknown, right: unknown): boolean {
  if (scalarText(left) === scalarText(right)) return true;
  const isRounded = [left, right].some((value) => typeof value === 'number' && !Number.isSafeInteger(value));
  return isRounded && Number(left) === Number(right);
}

function show(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : (JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)) ?? 'nothing');
  return text.length > 400 ? `${text.slice(0, 400)}… (${text.length} characters)` : text;
}
