import { exampleProblem } from '../http/answers.js';
import { PROBLEMS, type ProblemCode, problemPath, problemTitle, problemWords } from '../http/problem.js';
import { escapeHtml, htmlPage, inlineHtml } from './html.js';

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

/** The page that `type` of a problem leads to: what happened, what to do, an example. */
export function problemPage(code: ProblemCode): string {
  const { happened, remedy } = problemWords(code);
  const [status] = PROBLEMS[code];
  return htmlPage({
    title: `${problemTitle(code)} · POKT portal problems`,
    body: `<main class="article">
<p class="crumbs"><a href="/docs">Documentation</a> › <a href="/problems">Problems</a></p>
<h1>${escapeHtml(problemTitle(code))}</h1>
<p><code>${code}</code> <span class="status">HTTP ${status}</span></p>
<h2>What happened</h2>
<p>${inlineHtml(happened)}</p>
<h2>What to do</h2>
<p>${inlineHtml(remedy)}</p>
<h2>Example</h2>
<pre><code>HTTP/1.1 ${status}
content-type: application/problem+json

${escapeHtml(JSON.stringify(exampleProblem(code), null, 2))}</code></pre>
</main>`,
  });
}

/** All codes by status. */
export function problemListPage(): string {
  const rows = CODES.toSorted((left, right) => PROBLEMS[left][0] - PROBLEMS[right][0]).map(
    (code) =>
      `<tr id="${code}"><td>${PROBLEMS[code][0]}</td><td><a href="${problemPath(code)}"><code>${code}</code></a></td><td>${inlineHtml(problemWords(code).happened)}</td></tr>`,
  );
  return htmlPage({
    title: 'Problems · POKT portal admin API',
    body: `<main class="article">
<p class="crumbs"><a href="/docs">Documentation</a></p>
<h1>Problems</h1>
<p>Error answers are <code>application/problem+json</code> (RFC 9457). Tell cases apart by <code>code</code>, which never changes its meaning;
<code>type</code> leads to the page of the code. Name <code>requestId</code> when you report one.</p>
<table><thead><tr><th>Status</th><th>Code</th><th>What happened</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</main>`,
  });
}
