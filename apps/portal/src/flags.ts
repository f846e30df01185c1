import type { OperationField } from '#libs/client';
import { UsageError } from './io.js';
import { kebab } from './command-names.js';

/** Flags of every command, which no field may take. */
const TAKEN = new Set([
  'url',
  'token',
  'token-file',
  'output',
  'tenant',
  'yes',
  'all',
  'watch',
  'body',
  'help',
  'if-match',
  'wait',
  'idempotency-key',
]);

/** A field of the API as a flag. */
export interface Flag {
  readonly field: OperationField;
  /** Without the dashes. */
  readonly name: string;
}

/** The flag of a body's or query's field; one whose name is taken gets the group's noun in front: `--webhook-url`. */
export function flagOf(field: OperationField, group: string): Flag {
  const name = kebab(field.name);
  return { field, name: TAKEN.has(name) ? `${group.replace(/s$/, '')}-${name}` : name };
}

/** The flag of a path parameter: `tenantId` → `tenant`. */
export function pathFlag(parameter: string): string {
  return kebab(parameter.replace(/Id$/, ''));
}

/** What help shows behind the flag. */
export function placeholder(field: OperationField): string {
  const one = field.values.length > 0 && field.values.join('|').length <= 40 ? field.values.join('|') : field.type;
  return field.isList ? `${one},…` : one;
}

/**
 * The value of a typed flag as the API takes it. Lists are separated by commas, or a JSON array; `null` is null where that means something.
 *
 * @throws UsageError when the text is no such value
 */
export function valueOf({ field, name }: Flag, text: string): unknown {
  if (field.isNullable && text === 'null') return null;
  if (!field.isList) return single(field, name, text);
  if (text.startsWith('[')) return json(name, text);
  return text.split(',').map((entry) => single(field, name, entry.trim()));
}

function single(field: OperationField, name: string, text: string): unknown {
  if (field.values.length > 0 && !field.values.includes(text)) {
    throw new UsageError(`--${name} is one of ${field.values.join(', ')}, not ${text}.`);
  }
  switch (field.type) {
    case 'integer':
    case 'number': {
      const number = Number(text);
      if (text.trim() === '' || !Number.isFinite(number)) throw new UsageError(`--${name} is a number, not ${text}.`);
      return number;
    }
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw new UsageError(`--${name} is true or false, not ${text}.`);
      return text === 'true';
    case 'json':
      return json(name, text);
    default:
      return text;
  }
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new UsageError(`--${name} is JSON, for example '{"methods":["eth_*"]}'.`);
  }
}
