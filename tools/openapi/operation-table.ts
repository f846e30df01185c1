import type { OpenAPIObject } from '@nestjs/swagger';
import type { OperationDescription, OperationField } from '#libs/client';
import { type JsonObject, componentOf, isObject } from '../../apps/admin/src/openapi/json-schema.js';
import { type RawDocument, type RawOperation, operationsOf } from '../../apps/admin/src/openapi/raw-document.js';

type Components = Readonly<Record<string, JsonObject>>;

/** What a program needs to know at run time to call each operation: a command line, for example. Ids in order of the paths. */
export function operationTable(document: OpenAPIObject): Readonly<Record<string, OperationDescription>> {
  const raw = document as unknown as RawDocument;
  const components = (raw.components?.['schemas'] ?? {}) as Components;
  return Object.fromEntries(
    operationsOf(raw).map(({ method, path, operation }) => [
      operation.operationId,
      descriptionOf(method, path, operation, components),
    ]),
  );
}

function descriptionOf(
  method: string,
  path: string,
  operation: RawOperation,
  components: Components,
): OperationDescription {
  const parameters = operation.parameters ?? [];
  const headers = new Set(parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name));
  const body = operation.requestBody?.content['application/json'];
  const fieldOf = ({ name, description, required, schema }: (typeof parameters)[number]): OperationField =>
    field(name, { ...schema, description: description ?? '' }, required === true, components);
  const query = parameters.filter((parameter) => parameter.in === 'query').map(fieldOf);
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
  const mediaTypes = Object.keys(success?.content ?? {});
  return {
    method: method.toUpperCase() as OperationDescription['method'],
    path,
    tag: operation.tags?.[0] ?? '',
    summary: operation.summary ?? '',
    description: operation.description ?? '',
    pathParameters: parameters.filter((parameter) => parameter.in === 'path').map(fieldOf),
    query,
    body: body ? bodyFields(body.schema, components) : null,
    page: pageOf(query, resolve(success?.content?.['application/json']?.schema ?? {}, components)),
    mediaTypes,
    takesIdempotencyKey: headers.has('Idempotency-Key'),
    takesIfMatch: headers.has('If-Match'),
    takesPrefer: headers.has('Prefer'),
    isPublic: operation.security?.length === 0,
    exampleBody: exampleOf(body),
  };
}

function exampleOf(body: NonNullable<RawOperation['requestBody']>['content'][string] | undefined) {
  return body?.example ?? Object.values(body?.examples ?? {})[0]?.value ?? null;
}

/** Fields of a body's first level; of alternatives those of all, and required only where every one demands them. */
function bodyFields(schema: JsonObject, components: Components): OperationField[] {
  const resolved = resolve(schema, components);
  const variants = resolved['oneOf'] ?? resolved['anyOf'];
  const forms = Array.isArray(variants)
    ? variants.filter(isObject).map((form) => resolve(form, components))
    : [resolved];
  const fields = new Map<string, OperationField>();
  for (const form of forms) {
    for (const [name, property] of Object.entries(isObject(form['properties']) ? form['properties'] : {})) {
      if (!isObject(property)) continue;
      const isRequired = forms.every(({ required }) => Array.isArray(required) && required.includes(name));
      const made = field(name, property, isRequired, components);
      const values = [...new Set([...(fields.get(name)?.values ?? []), ...made.values])];
      fields.set(name, { ...made, values });
    }
  }
  return [...fields.values()];
}

function field(name: string, schema: JsonObject, isRequired: boolean, components: Components): OperationField {
  const resolved = resolve(schema, components);
  const variants = resolved['anyOf'] ?? resolved['oneOf'];
  const forms = Array.isArray(variants)
    ? variants.filter(isObject).map((form) => resolve(form, components))
    : [resolved];
  const present = forms.filter((form) => form['type'] !== 'null');
  const [form = {}] = present;
  const isList = form['type'] === 'array';
  const entry = isList && isObject(form['items']) ? resolve(form['items'], components) : form;
  return {
    name,
    description: typeof schema['description'] === 'string' ? schema['description'] : '',
    type: present.length > 1 ? 'json' : typeOf(entry),
    isList,
    values: valuesOf(entry),
    isRequired,
    isNullable: forms.length > present.length,
  };
}

function typeOf(schema: JsonObject): OperationField['type'] {
  const { type } = schema;
  if (schema['const'] !== undefined || Array.isArray(schema['enum'])) return 'string';
  return type === 'string' || type === 'integer' || type === 'number' || type === 'boolean' ? type : 'json';
}

function valuesOf(schema: JsonObject): string[] {
  if (typeof schema['const'] === 'string') return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'].filter((value) => typeof value === 'string') : [];
}

/** How one gets from a page to the next. */
function pageOf(query: readonly OperationField[], answer: JsonObject): OperationDescription['page'] {
  const fields = isObject(answer['properties']) ? answer['properties'] : {};
  if (!('items' in fields) || !('next' in fields)) return null;
  return (['cursor', 'after'] as const).find((name) => query.some((parameter) => parameter.name === name)) ?? null;
}

function resolve(schema: JsonObject, components: Components): JsonObject {
  const component = componentOf(schema);
  return component === null ? schema : { ...components[component], ...pick(schema) };
}

/** What may stand beside a reference. */
function pick({ description }: JsonObject): JsonObject {
  return description === undefined ? {} : { description };
}
