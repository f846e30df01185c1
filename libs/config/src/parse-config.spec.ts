import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, csv, databaseUrl, parseConfig, port, secret } from './index.js';

const directory = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(directory, { recursive: true }));

const schema = {
  DATABASE_URL: databaseUrl('where tenants are kept'),
  PORT: port('where the app listens').default(4000),
  URLS: csv('nodes').optional(),
  PEPPER: secret('hashes keys'),
};
const good = { DATABASE_URL: 'postgres://localhost/x', PEPPER: 'x'.repeat(32) };

describe('parseConfig', () => {
  it('gives typed values and defaults, and counts an empty variable as unset', () => {
    expect(parseConfig(schema, { ...good, PORT: '', URLS: ' http://a , http://b,' })).toEqual({
      ...good,
      PORT: 4000,
      URLS: ['http://a', 'http://b'],
    });
  });

  it('names every wrong variable at once, says what it is for, and shows no value', () => {
    const parse = () => parseConfig(schema, { DATABASE_URL: 'mysql://canary', PORT: '70000', PEPPER: 'canary-short' });
    expect(parse).toThrow(ConfigError);
    expect(parse).toThrow(/DATABASE_URL: must start with postgres/);
    expect(parse).toThrow(/PORT: .*\(where the app listens\)/);
    expect(parse).toThrow(/PEPPER: must have at least 32/);
    expect(parse).not.toThrow(/canary/);
  });

  it('reads NAME_FILE and says which file it could not read', () => {
    const file = join(directory, 'pepper');
    writeFileSync(file, `${'y'.repeat(40)}\n`);
    expect(parseConfig(schema, { DATABASE_URL: good.DATABASE_URL, PEPPER_FILE: file }).PEPPER).toBe('y'.repeat(40));
    expect(() => parseConfig(schema, { ...good, PEPPER: '', PEPPER_FILE: join(directory, 'none') })).toThrow(
      /PEPPER_FILE/,
    );
  });
});
