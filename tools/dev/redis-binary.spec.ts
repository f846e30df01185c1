import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureRedisBinary } from './redis-binary.js';

describe('Redis server', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'redis-binary-'))));
  afterEach(() => rmSync(directory, { recursive: true }));
  const told: string[] = [];
  const tell = (sentence: string): void => void told.push(sentence);

  it('named by REDIS_SERVER is used, and refused when it cannot be run', () => {
    const server = join(directory, 'mine');
    expect(() => ensureRedisBinary(tell, { REDIS_SERVER: server })).toThrow('cannot be run');
    writeFileSync(server, '', { mode: 0o755 });
    expect(ensureRedisBinary(tell, { REDIS_SERVER: server })).toBe(server);
  });

  it.each(['redis-server', 'valkey-server'])('%s on PATH is used without a word', (name) => {
    writeFileSync(join(directory, name), '', { mode: 0o755 });
    told.length = 0;
    expect(ensureRedisBinary(tell, { PATH: directory })).toBe(join(directory, name));
    expect(told).toEqual([]);
  });
});
