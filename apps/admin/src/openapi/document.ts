import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { STREAMS_EXTENSION } from '../http/answers.js';
import { PROBLEMS, problemSchema } from '../http/problem.js';
import { describeFields } from './describe-fields.js';
import { addExamples } from './add-examples.js';
import {
  type ConvertedSchema,
  type Direction,
  type JsonObject,
  componentOf,
  convertSchema,
  isObject,
} from './json-schema.js';
import { nameOperations, routeKey } from './operation-names.js';
import {
  type DocumentedShape,
  type MediaType,
  type Place,
  type RawDocument,
  type RawOperation,
  operationsOf,
} from './raw-document.js';
import { TAGS } from './tags.js';

/** The document, with what it was made from. */
export interface ApiDescription {
  readonly document: OpenAPIObject;
  readonly shapes: readonly DocumentedShape[];
}

/** Says which zod schema stands at a place, until the whole document is known. */
const MARK = 'x-zod-schema';
const MARKED_FIELD = 'x-zod-field';

/**
 * The OpenAPI 3.1 document of an application's routes, made from the zod schemas that check bodies, queries and answers.
 *
 * @throws Error when two routes share a name, or two different schemas do
 */
export function describeApi(app: NestFastifyApplication): ApiDescription {
  const zodSchemas: Array<{ readonly schema: z.ZodType; readonly direction: Direction }> = [];
  const document = SwaggerModule.createDocument(app, outline(), {
    operationIdFactory: () => '',
    standardSchemaConverter: (schema, { schemaType }) => {
      // @nestjs/swagger rewrites schemas for OpenAPI 3.0, so it gets marks, and the schemas stand in for them afterwards.
      zodSchemas.push({ schema: schema as unknown as z.ZodType, direction: schemaType });
      return { schema: marked(zodSchemas.length - 1, schema as unknown as z.ZodType), components: {} };
    },
  }) as unknown as RawDocument;

  const components: Record<string, JsonObject> = {};
  const converted = zodSchemas.map(({ schema, direction }) => register(convertSchema(schema, direction), components));
  register(convertSchema(problemSchema, 'output'), components);
  components['ProblemCode'] = {
    type: 'string',
    enum: Object.keys(PROBLEMS),
    description: 'Codes of this version. Later versions may add codes and never change the meaning of one.',
  };
  const names = nameOperations(operationsOf(document).map(({ method, path }) => ({ method, path })));
  const places: Place[] = [];
  for (const { method, path, operation } of operationsOf(document)) {
    operation.operationId ||= names.get(routeKey({ method, path })) ?? '';
    places.push(...settle(operation, zodSchemas, converted, components));
  }
  document.components = { ...document.components, schemas: components };
  document.tags = tagsOf(document);
  describeFields(document, components);
  return { document: document as unknown as OpenAPIObject, shapes: addExamples(places, components) };
}

function outline(): Omit<OpenAPIObject, 'paths'> {
  return new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('POKT portal admin API')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The process that serves this document')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: BEARER }, 'bearer')
    .addSecurityRequirements('bearer')
    .build();
}

const DESCRIPTION = `Tenants, applications and their stakes, endpoints, keys and usage of a gateway to Pocket Network.

- **Credentials**: \`Authorization: Bearer <token>\`. A tenant’s credential sees its tenant; everything else answers 404.
- **Amounts** are strings: \`…Upokt\` are whole uPOKT, \`…Pokt\` decimal POKT. Counts that may exceed 2^53 are strings of digits.
- **Lists** are pages: \`items\` and \`next\`; send \`next\` as \`cursor\` until it is null. The order is stable.
- **Changes** take an \`Idempotency-Key\`: the same key and request give the same answer for 24 hours, another request with the key gets 409.
- **Errors** are \`application/problem+json\` (RFC 9457). Tell cases apart by \`code\`; \`type\` leads to its explanation.
- **Every answer** carries \`X-Request-Id\`; send one of your own (8 to 64 letters, digits, _ and -) to follow a request through logs.`;

const BEARER = 'The operator’s token, a service token (`st_…`), or a JWT of a trusted issuer';

/** What @nestjs/swagger needs to see: which fields a query has. */
function marked(index: number, schema: z.ZodType): Record<string, unknown> {
  if (!(schema instanceof z.ZodObject)) return { [MARK]: index };
  const { schema: own, components } = convertSchema(schema, 'input');
  const { required = [] } = components[componentOf(own) ?? ''] ?? own;
  const properties = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, { [MARK]: index, [MARKED_FIELD]: name }]),
  );
  return { [MARK]: index, type: 'object', properties, required };
}

/** Adds a schema's components to the document's. */
function register(converted: ConvertedSchema, components: Record<string, JsonObject>): JsonObject {
  for (const [name, definition] of Object.entries(converted.components)) {
    const present = components[name];
    if (present !== undefined && JSON.stringify(present) !== JSON.stringify(definition)) {
      throw new Error(`Two schemas are called ${name}: give one of them another id.`);
    }
    components[name] = definition;
  }
  return converted.schema;
}

/** Puts the schemas in place of their marks. */
function settle(
  operation: RawOperation,
  zodSchemas: ReadonlyArray<{ readonly schema: z.ZodType; readonly direction: Direction }>,
  converted: readonly JsonObject[],
  components: Readonly<Record<string, JsonObject>>,
): Place[] {
  const places: Place[] = [];
  const markOf = (schema: JsonObject | undefined): number => (typeof schema?.[MARK] === 'number' ? schema[MARK] : -1);
  const settleMedia = (name: string, media: MediaType): void => {
    const index = markOf(media.schema);
    const found = zodSchemas[index];
    if (!found) return;
    media.schema = converted[index] ?? {};
    places.push({ name: `${operation.operationId} ${name}`, direction: found.direction, zod: found.schema, media });
  };
  const queries = new Map<number, NonNullable<RawOperation['parameters']>>();
  for (const parameter of operation.parameters ?? []) {
    const index = markOf(parameter.schema);
    const field = parameter.schema?.[MARKED_FIELD];
    if (index < 0) continue;
    const reference = converted[index] ?? {};
    const whole = components[componentOf(reference) ?? ''] ?? reference;
    const properties = isObject(whole['properties']) ? whole['properties'] : {};
    const own = typeof field === 'string' ? properties[field] : reference;
    parameter.schema = isObject(own) ? { ...own } : {};
    if (typeof field === 'string') queries.set(index, [...(queries.get(index) ?? []), parameter]);
  }
  for (const [index, parameters] of queries) {
    const zod = zodSchemas[index]?.schema;
    if (zod)
      places.push({ name: `${operation.operationId} query`, direction: 'input', zod, media: undefined, parameters });
  }
  for (const media of Object.values(operation.requestBody?.content ?? {})) settleMedia('body', media);
  for (const [status, { content = {} }] of Object.entries(operation.responses)) {
    for (const media of Object.values(content)) settleMedia(`answer ${status}`, media);
    const streams = operation[STREAMS_EXTENSION];
    if (!status.startsWith('2') || streams === undefined) continue;
    for (const [type, example] of Object.entries(streams)) content[type] = { schema: { type: 'string' }, example };
    delete operation[STREAMS_EXTENSION];
  }
  return places;
}

function tagsOf(document: RawDocument): Array<{ name: string; description: string }> {
  const used = new Set(operationsOf(document).flatMap(({ operation }) => operation.tags ?? []));
  const known = Object.keys(TAGS).filter((name) => used.has(name));
  const unknown = [...used].filter((name) => !(name in TAGS));
  return [...known, ...unknown].map((name) => ({ name, description: TAGS[name] ?? '' }));
}
