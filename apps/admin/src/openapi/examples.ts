import { FIELD_WORDS } from './fields.js';
import { type Json, type JsonObject, componentOf, isObject } from './json-schema.js';

/** Deepest nesting that an example shows; schemas that contain themselves end here. */
const DEPTH_MAX = 8;

/** Named schemas of a document. */
export type Components = Readonly<Record<string, JsonObject>>;

/**
 * A value that fits a JSON Schema, to be read by people: the schema's own example, else its constant or default, else what
 * {@link FIELD_WORDS} shows for a field of this name, else the simplest value of the type. Deterministic. A schema whose constraints this
 * does not know gets a value that may not fit; the test of the document finds it, and `.meta({ examples: […] })` settles it.
 */
export function exampleOf(schema: JsonObject, components: Components, field = '', depth = 0): Json {
  const own = schema['examples'];
  const words = FIELD_WORDS[field]?.example;
  // Ids share one schema, and examples read better when the tenant's is not the endpoint's.
  if (schema['format'] === 'uuid' && typeof words === 'string') return words;
  if (Array.isArray(own) && own[0] !== undefined) return own[0];
  if (schema['const'] !== undefined) return schema['const'];
  const component = componentOf(schema);
  if (component !== null) {
    if (words === null) return null;
    return exampleOf(components[component] ?? {}, components, field, depth + 1);
  }
  if (words !== undefined && fits(words, schema, components)) return words;
  if (schema['default'] !== undefined) return schema['default'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] ?? null;
  const variants = variantsOf(schema);
  if (variants !== null) {
    const [first = {}] = variants;
    return exampleOf(first, components, field, depth + 1);
  }
  return depth > DEPTH_MAX ? null : valueOf(schema, components, field, depth);
}

/** The alternatives of a schema, `null` last; null when it has none. */
export function variantsOf(schema: JsonObject): readonly JsonObject[] | null {
  const variants = schema['anyOf'] ?? schema['oneOf'];
  if (!Array.isArray(variants)) return null;
  return variants.filter(isObject).toSorted((left, right) => Number(isNull(left)) - Number(isNull(right)));
}

function valueOf(schema: JsonObject, components: Components, field: string, depth: number): Json {
  const { type } = schema;
  if (Array.isArray(schema['allOf'])) {
    const parts = schema['allOf'].filter(isObject).map((part) => exampleOf(part, components, field, depth + 1));
    return Object.assign({}, ...parts.filter(isObject)) as JsonObject;
  }
  if (type === 'object' || isObject(schema['properties'])) return objectOf(schema, components, depth);
  if (type === 'array') {
    const items = isObject(schema['items']) ? schema['items'] : {};
    const count = Math.max(1, numberOf(schema['minItems'], 1));
    return Array.from({ length: count }, () => exampleOf(items, components, singularOf(field), depth + 1));
  }
  if (type === 'integer' || type === 'number') {
    return Math.max(numberOf(schema['minimum'], 1), numberOf(schema['exclusiveMinimum'], 0) + 1);
  }
  if (type === 'boolean') return false;
  if (type === 'string') return textOf(schema, field);
  return null;
}

function objectOf(schema: JsonObject, components: Components, depth: number): JsonObject {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const made = Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) ? [[name, exampleOf(property, components, name, depth + 1)] as const] : [],
  );
  return Object.fromEntries(made);
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11',
  'date-time': '2026-11-20T09:30:00.000Z',
  date: '2026-11-20',
  time: '09:30:00',
  uri: 'https://example.com/hook',
  url: 'https://example.com/hook',
  email: 'dev@acme.example',
  ipv4: '203.0.113.7',
  ipv6: '2001:db8::7',
};

function textOf(schema: JsonObject, field: string): string {
  const format = typeof schema['format'] === 'string' ? FORMATS[schema['format']] : undefined;
  if (format !== undefined) return format;
  const pattern = typeof schema['pattern'] === 'string' ? textOfPattern(schema['pattern']) : null;
  if (pattern !== null) return pattern;
  const text = field === '' ? 'text' : field;
  return text.padEnd(numberOf(schema['minLength'], 0), 'x').slice(0, numberOf(schema['maxLength'], text.length + 999));
}

/** `^[0-9a-f]{64}$` and its like: one class, repeated. Null for any other pattern. */
function textOfPattern(pattern: string): string | null {
  const found = /^\^(\w*)\[([^\]])[^\]]*\](?:\{(\d+)(?:,\d*)?\}|[+*])?\$$/.exec(pattern);
  return found ? `${found[1]}${(found[2] ?? '0').repeat(Number(found[3] ?? 1))}` : null;
}

/** Whether a value from the dictionary has the type that the schema asks for; only the first level is looked at. */
function fits(value: Json, schema: JsonObject, components: Components): boolean {
  const variants = variantsOf(schema);
  if (variants !== null) return variants.some((variant) => fits(value, resolve(variant, components), components));
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  if (typeof value === 'string' && typeof schema['pattern'] === 'string') {
    return new RegExp(schema['pattern'], 'u').test(value);
  }
  if (Array.isArray(value)) {
    const items = isObject(schema['items']) ? resolve(schema['items'], components) : {};
    return schema['type'] === 'array' && value.every((entry) => fits(entry, items, components));
  }
  const type = value === null ? 'null' : typeof value;
  const wanted = schema['type'] === 'integer' ? 'number' : schema['type'];
  return wanted === undefined || wanted === type;
}

function resolve(schema: JsonObject, components: Components): JsonObject {
  const component = componentOf(schema);
  return component === null ? schema : (components[component] ?? {});
}

function isNull(schema: JsonObject): boolean {
  return schema['type'] === 'null';
}

function numberOf(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : otherwise;
}

function singularOf(field: string): string {
  return field.endsWith('s') ? field.slice(0, -1) : field;
}
