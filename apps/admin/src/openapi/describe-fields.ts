import { type RawDocument, operationsOf } from './raw-document.js';
import { FIELD_WORDS } from './fields.js';
import { type JsonObject, isObject } from './json-schema.js';

/** Gives every field and parameter that says nothing of itself the words of {@link FIELD_WORDS}. Changes its arguments. */
export function describeFields(document: RawDocument, components: Readonly<Record<string, JsonObject>>): void {
  for (const component of Object.values(components)) describeProperties(component);
  for (const { operation } of operationsOf(document)) {
    for (const parameter of operation.parameters ?? []) {
      const own = parameter.schema['description'];
      parameter.description ||= typeof own === 'string' ? own : (FIELD_WORDS[parameter.name]?.description ?? '');
    }
    const answers = Object.values(operation.responses).map(({ content }) => content);
    for (const content of [operation.requestBody?.content, ...answers]) {
      for (const media of Object.values(content ?? {})) describeProperties(media.schema);
    }
  }
}

/** Every field of a schema, at any depth, with the field's own schema. */
export function fieldsOf(schema: JsonObject): ReadonlyArray<readonly [string, JsonObject]> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const own = Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) ? [[name, property] as const] : [],
  );
  const inner = Object.values(schema).flatMap((value) => (Array.isArray(value) ? value : [value]));
  return [...own, ...[...inner, ...Object.values(properties)].filter(isObject).flatMap(fieldsOf)];
}

function describeProperties(schema: JsonObject): void {
  for (const [name, property] of fieldsOf(schema)) {
    const words = FIELD_WORDS[name]?.description;
    if (property['description'] === undefined && words !== undefined) property['description'] = words;
  }
}
