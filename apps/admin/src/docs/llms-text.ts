import { type RawDocument, operationsOf } from '../openapi/raw-document.js';

/** The documentation's table of contents as Markdown, in the form of https://llmstxt.org. */
export function llmsText(document: RawDocument): string {
  const { info } = document as unknown as { info: { title: string; description: string } };
  const groups = (document.tags ?? []).map(({ name, description }) => {
    const lines = operationsOf(document)
      .filter(({ operation }) => operation.tags?.[0] === name)
      .map(
        ({ method, path, operation }) =>
          `- [${method.toUpperCase()} ${path}](/docs#${operation.operationId}): ${operation.summary ?? ''}`,
      );
    return `## ${name}\n\n${description}\n\n${lines.join('\n')}`;
  });
  return `# ${info.title}

> Control plane of a multi-tenant gateway to Pocket Network.

${info.description}

- [OpenAPI 3.1 document](/openapi.json): every operation with schemas and examples
- [Problem codes](/problems): what each error means and what to do about it

${groups.join('\n\n')}
`;
}
