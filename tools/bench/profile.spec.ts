import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { areaOf, profileReport } from './profile.js';

describe('profile of the gateway', () => {
  const directory = mkdtempSync(join(tmpdir(), 'profile-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('names the library, package or part of Node that a frame belongs to', () => {
    expect(areaOf('draft', 'file:///x/dist/libs/protocol/src/relay-factory.js')).toBe('libs/protocol');
    expect(areaOf('f', 'file:///x/node_modules/@nestjs/core/a.js')).toBe('@nestjs/core');
    expect(areaOf('f', 'node:internal/crypto/hash')).toBe('node:crypto');
    expect(areaOf('writev', '')).toBe('native: writev');
  });

  it('leaves idle time and everything before the load out', () => {
    const frame = (functionName: string) => ({ functionName, url: 'file:///x/dist/libs/a/b.js', lineNumber: 0 });
    const file = join(directory, 'p.cpuprofile');
    writeFileSync(
      file,
      JSON.stringify({
        nodes: [
          { id: 1, callFrame: frame('start') },
          { id: 2, callFrame: frame('work') },
          { id: 3, callFrame: frame('(idle)') },
        ],
        samples: [1, 2, 3, 2],
        timeDeltas: [5_000, 1_000, 1_000, 1_000],
      }),
    );
    expect(profileReport(file, 3)).toMatch(/^100\.0 % {2}libs\/a\n\n100\.0 % {2}work/);
  });
});
