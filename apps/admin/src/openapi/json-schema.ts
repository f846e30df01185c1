import { z } from 'zod';

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [field: string]: Json };
/** A JSON object. */
export type JsonObject = { [field: string]: Json };

/** `input`: what a caller may send; `output`: what an answer holds. They differ by defaults and transformations. */
export type Direction = 'input' | 'output';

/** JSON Schema (2020-12) of a zod schema. */
export interface ConvertedSchema {
  readonly schema: JsonObject;
  /** Named schemas that `schema` refers to, by name. */
  readonly components: Readonly<Record<string, JsonObject>>;
}

const COMPONENTS = '#/components/schemas/';

/** Converts a zod schema; schemas with a `meta({ id })` become components, the schema itself a reference when it has one. */
export function convertSchema(schema: z.ZodType, direction: Direction): ConvertedSchema {
  // Under a root of its own, a schema with an id is listed in $defs like any other named one.
  const root = z.toJSONSchema(z.object({ root: schema.optional() }), {
    target: 'draft-2020-12',
    io: direction,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      // An answer may gain fields in a later version; only a schema that says so itself forbids them.
      if (direction === 'output' && def.type === 'object' && !(def as { catchall?: unknown }).catchall) {
        delete jsonSchema.additionalProperties;
      }
    },
  }) as unknown as { properties: { root: JsonObject }; $defs?: Record<string, JsonObject> };
  const components = Object.entries(root.$defs ?? {}).map(([name, { id: _name, ...definition }]) => [name, definition]);
  const moved = JSON.parse(
    JSON.stringify([root.properties.root, Object.fromEntries(components)]).replaceAll('"#/$defs/', `"${COMPONENTS}`),
  ) as [JsonObject, Record<string, JsonObject>];
  // zod repeats a component's name as `id`, which is no keyword of JSON Schema 2020-12.
  const { $schema: _dialect, id: _id, ...own } = moved[0];
  return { schema: own, components: moved[1] };
}

/** The component that a reference names; null for any other schema. */
export function componentOf(schema: JsonObject): string | null {
  const reference = schema['$ref'];
  return typeof reference === 'string' && reference.startsWith(COMPONENTS) ? reference.slice(COMPONENTS.length) : null;
}

/** True for a JSON object, false for arrays, null and everything else. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
