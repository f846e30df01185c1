import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { RepeatFilter, readableLine } from './output-line.js';

const shown = (line: string, verbose = false): string | null => {
  const text = readableLine(line, verbose);
  return text === null ? null : stripVTControlCharacters(text);
};

describe('output of a process', () => {
  it('stays in the log file unless it warns', () => {
    expect(shown('{"level":"info","msg":"ready"}')).toBeNull();
    expect(shown('plain text')).toBeNull();
    expect(shown('{"level":"warn","msg":"slow"}')).toBe('slow');
  });

  it('names the cause of an error once', () => {
    expect(shown('{"level":"error","msg":"cannot ship","err":{"message":"refused\\nstack"}}')).toBe(
      'cannot ship: refused',
    );
    expect(shown('{"level":"error","msg":"refused","err":{"message":"refused"}}')).toBe('refused');
  });

  it('is shown whole on request', () => {
    expect(shown('{"level":"info","msg":"ready"}', true)).toBe('ready');
    expect(shown('plain text', true)).toBe('plain text');
  });

  it('understands numeric levels', () => {
    expect(shown('{"level":50,"msg":"broken"}')).toBe('broken');
    expect(shown('{"level":30,"msg":"fine"}')).toBeNull();
  });
});

describe('repeated output', () => {
  it('is shown once in ten seconds for each process', () => {
    const filter = new RepeatFilter();
    expect(filter.isNews('gateway', 'no node', 0)).toBe(true);
    expect(filter.isNews('gateway', 'no node', 9_999)).toBe(false);
    expect(filter.isNews('worker', 'no node', 9_999)).toBe(true);
    expect(filter.isNews('gateway', 'no node', 10_000)).toBe(true);
  });
});
