import { readFileSync } from 'node:fs';
import { PERMISSIONS, ROLES, TABLE } from '#libs/auth';
import { expect, it } from 'vitest';

/** The table as docs/permissions.md shows it. */
function markdown(): string {
  const head = `| permission | ${ROLES.join(' | ')} | opens |\n|---|${'---|'.repeat(ROLES.length + 1)}`;
  const rows = PERMISSIONS.map((permission) => {
    const [cells, opens] = TABLE[permission];
    return `| \`${permission}\` | ${cells.map((cell) => (cell ? '✓' : ' ')).join(' | ')} | ${opens} |`;
  });
  return [head, ...rows].join('\n');
}

/** Prettier pads the columns; what stands in them is what counts. */
const plain = (text: string): string => text.replaceAll(/[ ]*\|[ ]*/g, '|').replaceAll(/-+/g, '-');

it('docs/permissions.md shows the table that the code decides by', () => {
  expect(plain(readFileSync('docs/permissions.md', 'utf8')), markdown()).toContain(plain(markdown()));
});
