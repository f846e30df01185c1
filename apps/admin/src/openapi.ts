import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { problemSchema } from './http/problem.js';

type JsonObject = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of the routes, made from the same zod schemas that check bodies, queries and answers.
 */
export function buildDocument(app: NestFastifyApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('POKT portal admin API')
    .setDescription(
      'Tenants, applications and their stakes, endpoints, keys and usage. Amounts are strings: `…Upokt` in uPOKT, `…Pokt` in ' +
        'decimal POKT. Errors are problem+json; see /problems.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Operator token or service token (st_…)' }, 'bearer')
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, description, {
    operationIdFactory: (controller, method) => `${method}${controller.replace('Controller', '')}`,
    standardSchemaConverter: (schema, { schemaType }) => jsonSchemaOf(schema as unknown as z.ZodType, schemaType),
  });
  const problem = jsonSchemaOf(problemSchema, 'output');
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...problem.components } as NonNullable<
      NonNullable<OpenAPIObject['components']>['schemas']
    >,
  };
  return document;
}

/** Serves `/openapi.json` and the readable page `/docs`, all from this process: no CDN. */
export function serveDocument(app: NestFastifyApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'POKT portal admin API',
    swaggerOptions: { persistAuthorization: true, docExpansion: 'list', displayRequestDuration: true },
  });
}

/** JSON Schema of a zod schema: named schemas become components, the schema itself a reference when it has a name. */
function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): { schema: JsonObject; components: JsonObject } {
  // Under a root of its own, a schema with an id is listed in $defs like any other named one.
  const root = z.toJSONSchema(z.object({ root: schema.optional() }), {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as unknown as { properties: { root: JsonObject }; $defs?: JsonObject };
  const components = Object.fromEntries(
    Object.entries(root.$defs ?? {}).map(([name, definition]) => [name, withoutIds(definition)]),
  );
  return { schema: withoutIds(root.properties.root) as JsonObject, components };
}

/** zod repeats a component's name as `id` inside it, which is no keyword of JSON Schema 2020-12. */
function withoutIds(definition: unknown): unknown {
  const { id: _id, $schema: _dialect, ...rest } = definition as JsonObject;
  return rest;
}
