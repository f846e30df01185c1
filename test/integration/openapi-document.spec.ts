import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../apps/admin/src/http/problem.js';
import { fieldsOf } from '../../apps/admin/src/openapi/describe-fields.js';
import { describeApi } from '../../apps/admin/src/openapi/document.js';
import type { JsonObject } from '../../apps/admin/src/openapi/json-schema.js';
import {
  type DocumentedShape,
  type RawDocument,
  type RawOperation,
  operationsOf,
} from '../../apps/admin/src/openapi/raw-document.js';
import { type Harness, startHarness } from './admin-harness.js';

/** What serves the documentation itself. */
const DOCUMENTATION = /^GET \/(docs|openapi\.json|llms\.txt)/;

let harness: Harness;
let document: RawDocument & {
  readonly openapi: string;
  readonly components: { readonly schemas: Record<string, JsonObject> };
};
let shapes: readonly DocumentedShape[];
let operations: ReadonlyArray<{ readonly route: string; readonly operation: RawOperation }>;

beforeAll(async () => {
  harness = await startHarness();
  document = (await harness.ask('/openapi.json', { token: null })).body as unknown as typeof document;
  shapes = describeApi(harness.admin.app).shapes;
  operations = operationsOf(document).map(({ method, path, operation }) => ({
    route: `${method.toUpperCase()} ${path}`,
    operation,
  }));
});
afterAll(() => harness?.stop());

/** Everything that is wrong, so that one run names all of it. */
const none: string[] = [];

describe('the OpenAPI document', () => {
  it('has exactly the routes that are served', () => {
    const served = harness.admin.routes
      .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`)
      .filter((route) => !DOCUMENTATION.test(route));
    expect(operations.map(({ route }) => route).toSorted()).toEqual(served.toSorted());
    expect(served.length).toBeGreaterThan(30);
  });

  it('is OpenAPI 3.1 without an error or a warning by the linter', async () => {
    expect(document.openapi).toBe('3.1.0');
    const directory = await mkdtemp(join(tmpdir(), 'openapi-'));
    try {
      const file = join(directory, 'openapi.json');
      await writeFile(file, JSON.stringify(document));
      const lint = await promisify(execFile)(
        process.execPath,
        [
          resolve('node_modules/@redocly/cli/bin/cli.js'),
          'lint',
          file,
          '--config',
          resolve('redocly.yaml'),
          '--format=json',
        ],
        // Neither usage reports nor a look for newer versions: the check needs no network.
        { env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' } },
      ).catch((error: { stdout: string }) => error);
      const { totals, problems } = JSON.parse(lint.stdout) as { totals: object; problems: unknown[] };
      expect(totals, JSON.stringify(problems, null, 1).slice(0, 4_000)).toMatchObject({ errors: 0, warnings: 0 });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('refers to nothing that is missing', () => {
    const names = new Set(Object.keys(document.components.schemas));
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.map(([, name]) => name!).filter((name) => !names.has(name))).toEqual(none);
  });

  it('names every operation by a verb and a noun, each once, and puts it in a described group', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((name) => !/^[a-z]+([A-Z][a-z]+)+$/.test(name))).toEqual(none);
    expect(operations.filter(({ operation }) => !operation.summary).map(({ route }) => route)).toEqual(none);
    const described = new Set((document.tags ?? []).filter((tag) => tag.description).map((tag) => tag.name));
    const wrong = operations.filter(({ operation: { tags = [] } }) => tags.length !== 1 || !described.has(tags[0]!));
    expect(wrong.map(({ route, operation }) => `${route}: describe ${String(operation.tags)} in tags.ts`)).toEqual(
      none,
    );
  });

  it('describes every field and every parameter', () => {
    const fields = Object.entries(document.components.schemas).flatMap(([name, schema]) =>
      fieldsOf(schema)
        .filter(([, field]) => !field['description'] && !('$ref' in field))
        .map(([field]) => `${name}.${field}`),
    );
    const parameters = operations.flatMap(({ route, operation }) =>
      (operation.parameters ?? []).filter(({ description }) => !description).map(({ name }) => `${route} ${name}`),
    );
    expect([...new Set(fields), ...parameters], 'give each a .describe(), or its name words in fields.ts').toEqual(
      none,
    );
  });

  it('shows an example at every body and every answer', () => {
    const bare = operations.flatMap(({ route, operation }) =>
      [operation.requestBody, ...Object.values(operation.responses)].flatMap((place) =>
        Object.entries(place?.content ?? {}).flatMap(([type, { example, examples }]) =>
          example === undefined && examples === undefined ? [`${route} ${type}`] : [],
        ),
      ),
    );
    expect(bare).toEqual(none);
    expect(shapes.length).toBeGreaterThan(operations.length);
  });

  it('shows examples that the API’s own schemas accept', async () => {
    const wrong: string[] = [];
    for (const { place, schema, direction, examples } of shapes) {
      for (const example of examples) {
        const issues = direction === 'input' ? await refusals(schema, example) : await outputRefusals(schema, example);
        if (issues !== null) wrong.push(`${place}: ${issues} in ${JSON.stringify(example)}`);
      }
    }
    expect(wrong, 'give the field .meta({ examples: […] })').toEqual(none);
  });

  it('states of every change that it takes an Idempotency-Key, or why it needs none', () => {
    const without = operations.filter(
      ({ route, operation }) =>
        !route.startsWith('GET ') && !operation.parameters?.some(({ name }) => name === 'Idempotency-Key'),
    );
    const unexplained = without.filter(
      ({ operation }) => !/changes nothing|idempoten/i.test(operation.description ?? ''),
    );
    expect(unexplained.map(({ route }) => route)).toEqual(none);
  });

  it('documents problems by code, and every code has a page that says what happened and what to do', async () => {
    const undocumented = operations.filter(
      ({ operation }) => !operation.responses['500']?.content?.['application/problem+json']?.examples?.['internal'],
    );
    expect(undocumented.map(({ route }) => route)).toEqual(none);
    const types = operations.flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ content }) =>
        Object.values(content?.['application/problem+json']?.examples ?? {}).map(
          ({ value }) => (value as JsonObject)['type'] as string,
        ),
      ),
    );
    const every = new Set([...types, ...Object.keys(PROBLEMS).map((code) => `/problems/${code}`)]);
    for (const type of every) {
      const page = await harness.ask(type, { token: null });
      expect({ type, status: page.status }).toEqual({ type, status: 200 });
      expect(page.text, type).toMatch(
        /<h2>What happened<\/h2>\s*<p>\S[^]*<h2>What to do<\/h2>\s*<p>\S[^]*<h2>Example<\/h2>/,
      );
    }
    const missing = await harness.ask('/v1/nothing');
    expect((await harness.ask(String(missing.body['type']), { token: null })).status).toBe(200);
    expect((await harness.ask('/problems/nonsense', { token: null })).body).toMatchObject({ code: 'not-found' });
  });
});

describe('the documentation page', () => {
  it('shows every operation with something to copy, and loads nothing from elsewhere', async () => {
    const page = await harness.ask('/docs', { token: null });
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/<(script|link|img)[^>]*(src|href)="https?:\/\//);
    const bare = operations.filter(({ operation }) => !page.text.includes(`<article id="${operation.operationId}">`));
    expect(bare.map(({ route }) => route)).toEqual(none);
    expect(page.text.match(/class="copy"/g)?.length).toBeGreaterThan(operations.length);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    for (const [, file] of page.text.matchAll(/(?:src|href)="(\/[^"#]+)"/g)) {
      const reply = await harness.ask(file!, { token: null });
      expect({ file, status: reply.status }).toEqual({ file, status: 200 });
    }
    expect((await harness.ask('/llms.txt', { token: null })).text).toContain('POST /v1/tenants');
  });
});

async function refusals(schema: z.ZodType, value: unknown): Promise<string | null> {
  const result = await schema['~standard'].validate(value);
  if (!result.issues) return null;
  return result.issues.map(({ path = [], message }) => `${path.map(String).join('.')}: ${message}`).join('; ');
}

/** An answer's schema may transform what the handler gives; what it documents is what comes out. */
async function outputRefusals(schema: z.ZodType, value: unknown): Promise<string | null> {
  const issues = await refusals(schema, value);
  if (issues !== null) return issues;
  const { value: kept } = (await schema['~standard'].validate(value)) as { value: unknown };
  return JSON.stringify(kept) === JSON.stringify(value) ? null : 'a field that the answer would not have';
}
