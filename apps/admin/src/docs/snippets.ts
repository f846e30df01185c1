import type { Json } from '../openapi/json-schema.js';
import type { MediaType, RawOperation } from '../openapi/raw-document.js';

/** What a reader copies to call an operation. */
export interface Snippet {
  readonly title: string;
  readonly text: string;
}

/** curl lines, one for each example body. */
export function curlSnippets(method: string, path: string, operation: RawOperation): Snippet[] {
  const words = [
    `curl -sS${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "$PORTAL_URL${shellPath(path)}${query(operation)}"`,
  ];
  if (operation.security?.length !== 0) words.push(`-H "authorization: Bearer $PORTAL_TOKEN"`);
  if (operation.parameters?.some(({ name }) => name === 'Idempotency-Key'))
    words.push(`-H "idempotency-key: $(uuidgen)"`);
  return bodiesOf(operation).map(([title, body]) => ({
    title: title === '' ? 'curl' : `curl · ${title}`,
    text: [
      ...words,
      ...(body === undefined ? [] : [`-H 'content-type: application/json'`, `-d '${shellText(body)}'`]),
    ].join(' \\\n  '),
  }));
}

/** The same through the typed client. */
export function clientSnippet(method: string, path: string, operation: RawOperation): Snippet {
  const options: string[] = [];
  const pathNames = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  if (pathNames.length > 0) options.push(`params: { path: { ${pathNames.join(', ')} } }`);
  const [, body] = bodiesOf(operation)[0] ?? [];
  if (body !== undefined) options.push(`body: ${JSON.stringify(body, null, 2).replaceAll('\n', '\n  ')}`);
  const argument = options.length > 0 ? `, {\n  ${options.join(',\n  ')},\n}` : '';
  return {
    title: 'TypeScript',
    text: `const { data } = await portal.${method.toUpperCase()}('${path}'${argument});`,
  };
}

/** Example bodies by title; one without a body when there is none. */
function bodiesOf(operation: RawOperation): ReadonlyArray<readonly [string, Json | undefined]> {
  const media = Object.values(operation.requestBody?.content ?? {})[0];
  return media === undefined ? [['', undefined]] : examplesOf(media);
}

/** Examples of a media type by title. */
export function examplesOf(media: MediaType): ReadonlyArray<readonly [string, Json]> {
  const named = Object.entries(media.examples ?? {}).map(([title, { value }]) => [title, value] as const);
  if (named.length > 0) return named;
  return media.example === undefined ? [] : [['', media.example]];
}

function query(operation: RawOperation): string {
  const required = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.required);
  const pairs = required.map(({ name, schema }) => {
    const [example] = Array.isArray(schema['examples']) ? schema['examples'] : [];
    return `${name}=${encodeURIComponent(typeof example === 'string' ? example : JSON.stringify(example ?? ''))}`;
  });
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function shellPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => `$${name.replaceAll(/[A-Z]/g, '_$&').toUpperCase()}`);
}

function shellText(body: Json): string {
  return JSON.stringify(body, null, 2).replaceAll("'", `'\\''`);
}
