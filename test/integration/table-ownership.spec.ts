import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Who may name a schema's tables in SQL. Everyone else goes through the library's door. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  ledger: ['libs/ledger/'],
  tenancy: ['libs/tenancy/', 'libs/auth/'],
  operations: ['libs/operations/'],
  identity: ['libs/auth/'],
};

const SQL = /\b(?:FROM|INTO|UPDATE|JOIN|TABLE|ONLY)\s+(ledger|tenancy|operations|identity)\./gi;

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /(?<!\.spec)\.ts$/.test(entry.name) && !path.includes('testing') ? [path] : [];
  });
}

it("keeps a schema's tables to the libraries that own them", () => {
  const strangers = [...sources('apps'), ...sources('libs')].flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(SQL)]
      .map((match) => match[1]!.toLowerCase())
      .filter((schema) => !OWNERS[schema]!.some((owner) => path.startsWith(owner)))
      .map((schema) => `${path} names ${schema}'s tables`),
  );
  expect(strangers).toEqual([]);
});
