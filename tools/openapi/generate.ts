import { readFile } from 'node:fs/promises';
import type { OpenAPIObject } from '@nestjs/swagger';
import openapiTS, { type OpenAPI3, astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { operationTable } from './operation-table.js';

/** Where generated sources are, from the root of the repository. */
const DIRECTORY = 'libs/client/src/generated';
const HEADER = '// Made by `npm run generate:client` from the admin API’s OpenAPI document; changes here are lost.\n\n';

/** The typed client's generated sources: text by path, formatted as the repository's other files. Deterministic. */
export async function generateClient(document: OpenAPIObject): Promise<ReadonlyMap<string, string>> {
  const schema = astToString(
    // It resolves references in place, so it gets a copy. A field with a default may be left out of a request.
    await openapiTS(structuredClone(document) as unknown as OpenAPI3, { defaultNonNullable: false }),
  );
  const operations = `import type { OperationDescription } from '../operation-description.js';

/** Every operation of the API by its id. */
export const OPERATIONS = ${JSON.stringify(operationTable(document), null, 2)} as const satisfies Record<string, OperationDescription>;
`;
  const files = new Map<string, string>();
  for (const [name, text] of [
    ['schema.ts', schema],
    ['operations.ts', operations],
  ] as const) {
    const path = `${DIRECTORY}/${name}`;
    files.set(path, await format(HEADER + text, { ...(await resolveConfig(path)), filepath: path }));
  }
  return files;
}

/** Paths whose committed text is not what the document generates. */
export async function staleFiles(generated: ReadonlyMap<string, string>): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, text] of generated) {
    const committed = await readFile(path, 'utf8').catch(() => '');
    if (committed !== text) stale.push(path);
  }
  return stale;
}
