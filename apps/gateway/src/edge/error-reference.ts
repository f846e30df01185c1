import { ERROR_CATALOGUE } from '#libs/jsonrpc';
import { escapeHtml, page } from './explain-endpoint.js';

/** The catalogue as JSON; where `error.data.docs` leads programs. */
export function errorReferenceJson(): string {
  return JSON.stringify({ errors: ERROR_CATALOGUE });
}

/** The catalogue as a page; `error.data.docs` ends in a row's anchor. */
export function errorReferencePage(): string {
  const rows = ERROR_CATALOGUE.map(
    (row) =>
      `<tr id="${row.reason}"><td>${row.reason}</td><td>${row.code}</td><td>${row.status.wallet}</td><td>${row.status.strict}</td><td>${row.retryable ? 'yes' : 'no'}</td><td>${escapeHtml(row.condition)}</td><td>${escapeHtml(row.message)}</td></tr>`,
  ).join('');
  return page(
    'Errors of the gateway',
    `<h1>Errors of the gateway</h1><p>Tell cases apart by <code>error.data.reason</code>. <code>wallet</code> and <code>strict</code> are the HTTP status by the endpoint's answer style.</p><table><tr><th>reason</th><th>code</th><th>wallet</th><th>strict</th><th>retry</th><th>condition</th><th>message</th></tr>${rows}</table>`,
  );
}
