import { DecodeError } from './errors.js';
import type { JsonNode } from './json-reader.js';

const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/**
 * Reads Go structures out of parsed JSON the way `encoding/json` fills them: keys match exactly or case-insensitively,
 * unknown keys are ignored, `null` leaves a field as it is, a repeated key overwrites, and the first wrong type is reported
 * with the structure's name and the path. One instance serves one document.
 */
export class GoDecoding {
  private firstError: DecodeError | null = null;
  private readonly path: string[] = [];
  private structure = '';

  /** Throws the first type error that was met, if any: Go too decodes to the end first. */
  finish(): void {
    if (this.firstError !== null) throw this.firstError;
  }

  /** Calls the reader of each known field, in the order of the text. */
  fields(node: JsonNode, structure: string, readers: Readonly<Record<string, (value: JsonNode) => void>>): void {
    if (node.kind === 'null') return;
    if (node.kind !== 'object') {
      this.mismatch(node, `types.${structure}`);
      return;
    }
    const outer = this.structure;
    for (const { key, value } of node.members) {
      const name = matchKey(key, readers);
      if (name === undefined) continue;
      this.structure = structure;
      this.path.push(name);
      readers[name]?.(value);
      this.path.pop();
    }
    this.structure = outer;
  }

  /** A Go `string`; `current` when the node is null or wrong. */
  string(node: JsonNode, current: string): string {
    if (node.kind === 'string') return node.value;
    if (node.kind !== 'null') this.mismatch(node, 'string');
    return current;
  }

  /** A Go `bool`. */
  bool(node: JsonNode, current: boolean): boolean {
    if (node.kind === 'bool') return node.value;
    if (node.kind !== 'null') this.mismatch(node, 'bool');
    return current;
  }

  /** A Go `int64`: digits only, in range, else an error; never rounded. */
  int64(node: JsonNode, current: bigint): bigint {
    if (node.kind === 'null') return current;
    if (node.kind === 'number' && node.raw.length <= 20 && /^-?\d+$/.test(node.raw)) {
      const value = BigInt(node.raw);
      if (value >= INT64_MIN && value <= INT64_MAX) return value;
    }
    this.mismatch(node, 'int64', true);
    return current;
  }

  /** An int64 that must also be a safe integer, as every height of this library is. */
  height(node: JsonNode, current: number): number {
    const value = this.int64(node, BigInt(current));
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
      this.fail(new DecodeError('a height beyond 2^53-1', { field: this.path.join('.'), value: 'number' }));
      return current;
    }
    return Number(value);
  }

  /** A Go `map[string]string`; a JSON null sets it to nil. */
  stringMap(node: JsonNode, current: Readonly<Record<string, string>> | null): Readonly<Record<string, string>> | null {
    if (node.kind === 'null') return null;
    if (node.kind !== 'object') {
      this.mismatch(node, 'map[string]string');
      return current;
    }
    const map: Record<string, string> = Object.assign(Object.create(null) as Record<string, string>, current);
    for (const { key, value } of node.members) map[key] = this.string(value, '');
    return map;
  }

  /** Records an error of the caller's own, at the current path. */
  fail(error: DecodeError): void {
    this.firstError ??= error;
  }

  private mismatch(node: JsonNode, type: string, isNumeric = false): void {
    const value = node.kind === 'number' && isNumeric ? `number ${node.raw.slice(0, 64)}` : node.kind;
    const where = this.path.length === 0 ? 'Go value' : `Go struct field ${this.structure}.${this.path.join('.')}`;
    this.fail(
      new DecodeError(`json: cannot unmarshal ${value} into ${where} of type ${type}`, {
        field: this.path.join('.'),
        value,
      }),
    );
  }
}

/** Go's rule: the exact name, else the first that is equal under simple folding. */
function matchKey(key: string, readers: Readonly<Record<string, unknown>>): string | undefined {
  if (Object.hasOwn(readers, key)) return key;
  const folded = fold(key);
  for (const name of Object.keys(readers)) if (fold(name) === folded) return name;
  return undefined;
}

/** ASCII folding, plus the two other characters that fold to ASCII letters: long s and the Kelvin sign. */
function fold(text: string): string {
  // Non-ASCII letters must stay apart: toLowerCase alone would fold more than Go does.
  return text
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll('\u017f', 's')
    .replaceAll('\u212a', 'k');
}
