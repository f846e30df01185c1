import { describe, expect, it } from 'vitest';
import { OperatorToken } from './operator-token.js';

describe('the operator token', () => {
  it('matches itself and nothing else, of any length', () => {
    const token = new OperatorToken('a'.repeat(40));
    expect(token.matches('a'.repeat(40))).toBe(true);
    for (const other of ['', 'a', 'a'.repeat(39), 'a'.repeat(41), `${'a'.repeat(39)}b`]) {
      expect(token.matches(other)).toBe(false);
    }
  });

  it('shows itself in no serialisation', () => {
    const token = new OperatorToken('canary-canary-canary-canary-canary');
    expect(JSON.stringify(token)).not.toContain('canary');
  });
});
