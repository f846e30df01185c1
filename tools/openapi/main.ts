import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { generateKeyPair } from '#libs/protocol';
import { documentOfSource } from './document.js';
import { generateClient, staleFiles } from './generate.js';

const HELP = `npm run generate:client [-- options]

Writes the typed client's sources from the admin API's OpenAPI document.

  --check          change nothing; exit 1 when a file is not what the document generates
  --document FILE  also write the document itself to FILE
  --help           this text`;

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, document: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const document = await documentOfSource(generateKeyPair().privateKeyHex);
if (values.document !== undefined) await write(values.document, `${JSON.stringify(document, null, 2)}\n`);
const generated = await generateClient(document);
const stale = await staleFiles(generated);
for (const path of stale) {
  console.log(values.check ? `${path} is stale: run npm run generate:client` : `wrote ${path}`);
  if (!values.check) await write(path, generated.get(path) ?? '');
}
if (stale.length === 0) console.log('The generated client is what the document says.');
// The module's definition opened connections that nothing will use.
process.exit(values.check && stale.length > 0 ? 1 : 0);

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
