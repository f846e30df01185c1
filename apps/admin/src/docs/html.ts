/** Text as it may stand in HTML, in quotes too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The little Markdown that descriptions use: `code`, **strong**, lists of lines that begin with "- ", paragraphs. */
export function markdownHtml(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((block) => {
      const lines = block.split('\n');
      if (!lines.every((line) => line.startsWith('- '))) return `<p>${inlineHtml(lines.join(' '))}</p>`;
      return `<ul>${lines.map((line) => `<li>${inlineHtml(line.slice(2))}</li>`).join('')}</ul>`;
    })
    .join('\n');
}

/** One line of the same. */
export function inlineHtml(text: string): string {
  return escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>');
}

/** A whole page. Nothing in it is loaded from elsewhere. */
export function htmlPage(page: {
  readonly title: string;
  readonly body: string;
  readonly hasScript?: boolean;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)}</title>
<link rel="stylesheet" href="/docs/page.css">
${page.hasScript ? '<script src="/docs/page.js" defer></script>' : ''}
</head>
<body>
${page.body}
</body>
</html>
`;
}
