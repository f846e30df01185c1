import { type Json, type JsonObject, componentOf, isObject } from '../openapi/json-schema.js';
import { type MediaType, type RawDocument, type RawOperation, operationsOf } from '../openapi/raw-document.js';
import { escapeHtml, htmlPage, inlineHtml, markdownHtml } from './html.js';
import { type Snippet, clientSnippet, curlSnippets, examplesOf } from './snippets.js';

/** Fields of fields that a table shows; deeper ones are in the example. */
const DEPTH_MAX = 3;

type Entry = ReturnType<typeof operationsOf>[number];
type Components = Readonly<Record<string, JsonObject>>;

/** The documentation as one page: groups, search, each operation with its fields, examples, copyable calls and problems. */
export function apiPage(document: RawDocument): string {
  const { info } = document as unknown as { info: { title: string; description: string; version: string } };
  const components = (document.components?.['schemas'] ?? {}) as Components;
  const groups = (document.tags ?? []).map((tag) => ({
    ...tag,
    entries: operationsOf(document).filter(({ operation }) => operation.tags?.[0] === tag.name),
  }));
  const links = groups.map(
    ({ name, entries }) => `<section><h2><a href="#${anchor(name)}">${escapeHtml(name)}</a></h2><ul>
${entries.map(linkHtml).join('\n')}</ul></section>`,
  );
  const articles = groups.map(
    ({ name, description, entries }) => `<section class="group" id="${anchor(name)}"><h2>${escapeHtml(name)}</h2>
${markdownHtml(description)}
${entries.map((entry) => operationHtml(entry, components)).join('\n')}</section>`,
  );
  return htmlPage({
    title: info.title,
    hasScript: true,
    body: `<nav aria-label="Operations">
<a class="brand" href="#top">${escapeHtml(info.title)}</a>
<input id="search" type="search" placeholder="Search operations (press /)" aria-label="Search operations" autocomplete="off">
<p id="found" role="status"></p>
${links.join('\n')}
</nav>
<main id="top">
<header><h1>${escapeHtml(info.title)}</h1>
<p class="links"><a href="/openapi.json">OpenAPI document</a> <a href="/docs/try">Try it in the browser</a> <a href="/problems">Problem codes</a> <a href="/llms.txt">llms.txt</a></p>
${markdownHtml(info.description)}
${snippetsHtml([{ title: 'Shell', text: 'export PORTAL_URL=http://127.0.0.1:4100\nexport PORTAL_TOKEN=…' }])}</header>
${articles.join('\n')}
</main>`,
  });
}

function linkHtml({ method, path, operation }: Entry): string {
  const words = `${operation.summary ?? ''} ${operation.operationId} ${method} ${path}`.toLowerCase();
  return `<li data-words="${escapeHtml(words)}"><a href="#${operation.operationId}"><b class="${method}">${method}</b> ${escapeHtml(operation.summary ?? path)}</a></li>`;
}

function operationHtml({ method, path, operation }: Entry, components: Components): string {
  const answers = Object.entries(operation.responses);
  const success = answers.filter(([status]) => status.startsWith('2'));
  const problems = answers.filter(([status]) => !status.startsWith('2'));
  const body = operation.requestBody?.content['application/json'];
  return `<article id="${operation.operationId}">
<h3>${escapeHtml(operation.summary ?? path)} <a class="anchor" href="#${operation.operationId}" aria-label="Link to this operation">#</a></h3>
<p class="route"><b class="${method}">${method}</b> <code>${escapeHtml(path)}</code> <code class="id">${operation.operationId}</code></p>
${operation.description ? markdownHtml(operation.description) : ''}
<div class="columns"><div>
${parametersHtml(operation)}
${body ? `<h4>Body</h4>${fieldsHtml(body.schema, components)}` : ''}
${success.map(([status, { content = {} }]) => answerHtml(status, content, components)).join('\n')}
<details><summary>Problems: ${problems.map(([status]) => status).join(', ')}</summary>${problems.map(([, answer]) => problemHtml(answer)).join('\n')}</details>
</div><div>
${snippetsHtml([...curlSnippets(method, path, operation), clientSnippet(method, path, operation)])}
${success.map(([status, { content = {} }]) => examplesHtml(status, content)).join('\n')}
</div></div>
</article>`;
}

function parametersHtml(operation: RawOperation): string {
  const rows = (operation.parameters ?? []).map((parameter) =>
    rowHtml(
      parameter.name,
      `${parameter.in}, ${typeOf(parameter.schema)}`,
      parameter.required === true,
      parameter.description ?? '',
      0,
    ),
  );
  return rows.length > 0 ? `<h4>Parameters</h4><table class="fields"><tbody>${rows.join('')}</tbody></table>` : '';
}

function answerHtml(status: string, content: Readonly<Record<string, MediaType>>, components: Components): string {
  const schema = content['application/json']?.schema;
  const types = Object.keys(content).map((type) => `<code>${escapeHtml(type)}</code>`);
  if (!schema) return `<h4>Answer ${status}</h4><p>${types.join(', ')}</p>`;
  return `<details><summary>Answer ${status}: ${types.join(', ')}</summary>${fieldsHtml(schema, components)}</details>`;
}

function problemHtml(answer: { readonly content?: Readonly<Record<string, MediaType>> }): string {
  const codes = Object.entries(answer.content?.['application/problem+json']?.examples ?? {});
  return codes
    .map(([code, { value }]) => {
      const { status, detail } = isObject(value) ? value : {};
      return `<p><span class="status">${Number(status)}</span> <a href="/problems/${code}"><code>${code}</code></a> ${typeof detail === 'string' ? inlineHtml(detail) : ''}</p>`;
    })
    .join('');
}

function fieldsHtml(schema: JsonObject, components: Components): string {
  const resolved = resolve(schema, components);
  const variants = resolved['oneOf'] ?? resolved['anyOf'];
  if (Array.isArray(variants)) {
    return variants
      .filter(isObject)
      .map((variant) => fieldsHtml(variant, components))
      .join('<p class="or">or</p>');
  }
  const rows = rowsOf(resolved, components, 0);
  return rows.length > 0 ? `<table class="fields"><tbody>${rows.join('')}</tbody></table>` : '';
}

function rowsOf(schema: JsonObject, components: Components, depth: number): string[] {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isObject(property)) return [];
    const description = typeof property['description'] === 'string' ? property['description'] : '';
    const row = rowHtml(name, typeOf(property), required.includes(name), description, depth);
    return depth >= DEPTH_MAX ? [row] : [row, ...rowsOf(innerOf(property, components), components, depth + 1)];
  });
}

/** The object that a field holds, alone, in a list, or beside null. */
function innerOf(schema: JsonObject, components: Components): JsonObject {
  const resolved = resolve(schema, components);
  if (isObject(resolved['items'])) return innerOf(resolved['items'], components);
  const variants = Array.isArray(resolved['anyOf']) ? resolved['anyOf'].filter(isObject) : [];
  const objects = variants
    .map((variant) => resolve(variant, components))
    .filter((variant) => isObject(variant['properties']));
  return objects[0] ?? resolved;
}

function resolve(schema: JsonObject, components: Components): JsonObject {
  const component = componentOf(schema);
  return component === null ? schema : (components[component] ?? {});
}

function rowHtml(name: string, type: string, isRequired: boolean, description: string, depth: number): string {
  return `<tr class="depth-${depth}"><th scope="row"><code>${escapeHtml(name)}</code>${isRequired ? '' : '<i>optional</i>'}</th><td><span class="type">${escapeHtml(type)}</span> ${inlineHtml(description)}</td></tr>`;
}

/** A type in one word or few: `string`, `uuid | null`, `wallet | strict`, `Application[]`. */
export function typeOf(schema: JsonObject): string {
  const component = componentOf(schema);
  if (component !== null) return component;
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(' | ');
  const variants = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(variants)) return variants.filter(isObject).map(typeOf).join(' | ');
  if (schema['type'] === 'array') return `${isObject(schema['items']) ? typeOf(schema['items']) : 'any'}[]`;
  if (typeof schema['format'] === 'string') return schema['format'];
  return typeof schema['type'] === 'string' ? schema['type'] : 'any';
}

function examplesHtml(status: string, content: Readonly<Record<string, MediaType>>): string {
  return Object.entries(content)
    .flatMap(([type, media]) =>
      examplesOf(media).map(
        ([title, value]) =>
          `<figure><figcaption>${status} ${escapeHtml(title || type)}</figcaption><pre><code>${escapeHtml(textOf(value))}</code></pre></figure>`,
      ),
    )
    .join('\n');
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function snippetsHtml(snippets: readonly Snippet[]): string {
  return snippets
    .map(
      ({ title, text }) =>
        `<figure class="snippet"><figcaption>${escapeHtml(title)} <button type="button" class="copy">Copy</button></figcaption><pre><code>${escapeHtml(text)}</code></pre></figure>`,
    )
    .join('\n');
}

function anchor(tag: string): string {
  return `group-${tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}
