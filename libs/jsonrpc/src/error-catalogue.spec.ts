import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE, errorBody, errorStatus } from './index.js';

const reference = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');

/** The table's rows, cells trimmed. */
function documentedRows(): string[][] {
  return reference
    .split('\n')
    .filter((line) => line.startsWith('| ['))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    );
}

describe('error catalogue', () => {
  it('equals docs/errors.md in both directions', () => {
    const catalogued = ERROR_CATALOGUE.map((row) => [
      `[${row.reason}](#${row.reason})`,
      String(row.code),
      String(row.status.wallet),
      String(row.status.strict),
      row.retryable ? 'yes' : 'no',
      row.condition,
      row.message,
    ]);
    expect(documentedRows()).toEqual(catalogued);
  });

  it('has a section in the reference for every reason, so that data.docs leads somewhere', () => {
    for (const { reason } of ERROR_CATALOGUE) expect(reference).toContain(`\n## ${reason}\n`);
  });

  it('never answers what ethers or MetaMask would hammer: no 5xx and no -32603 for permanent conditions', () => {
    expect(ERROR_CATALOGUE.filter((row) => row.status.wallet >= 500)).toEqual([]);
    const permanent = ERROR_CATALOGUE.filter((row) => !row.retryable);
    expect(permanent.filter((row) => [-32005, -32603].includes(row.code) || row.status.strict === 429)).toEqual([]);
  });

  it('writes the id exactly as given', () => {
    const body = errorBody('quota', Buffer.from('"\\u0061\u00e9"'), {
      requestId: 'r',
      docsUrl: 'http://d',
      data: { limit: 1 },
    });
    expect(body.toString()).toContain('"id":"\\u0061\u00e9",');
    expect(JSON.parse(body.toString())).toMatchObject({
      id: 'a\u00e9',
      error: { code: -32068, data: { reason: 'quota', requestId: 'r', docs: 'http://d#quota', limit: 1 } },
    });
  });

  it('answers 400 for an envelope fault whose id is unknown, in both styles', () => {
    expect(errorStatus('request', 'wallet', false)).toBe(400);
    expect(errorStatus('request', 'wallet', true)).toBe(200);
    expect(errorStatus('request', 'strict', true)).toBe(400);
  });
});
