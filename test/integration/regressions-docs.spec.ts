import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const PAGE = 'docs/regressions.md';
const rows = readFileSync(PAGE, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const row = /^\| (.+?) +\| (.+?) +\| `([^`]+)` +\|$/.exec(line);
    return row === null ? [] : [{ defect: row[1] ?? '', test: row[2] ?? '', file: row[3] ?? '' }];
  });

describe('docs/regressions.md', () => {
  it('lists each defect once', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(new Set(rows.map(({ defect }) => defect)).size).toBe(rows.length);
  });

  it('names only tests that exist', () => {
    const absent = rows.filter(({ test, file }) => {
      const source = readFileSync(file, 'utf8');
      return !["'", '`'].some((quote) => source.includes(`${quote}${test}${quote}`));
    });
    expect(absent).toEqual([]);
  });
});
