import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readableLine } from './output-line.js';

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
