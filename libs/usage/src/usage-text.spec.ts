import { describe, expect, it } from 'vitest';
import { csvCell } from './usage-text.js';

describe('a CSV cell', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('that a spreadsheet would run is defused: %j', (text) => {
    expect(csvCell(text)).toBe(`"'${text}"`);
  });

  it.each([
    ['eth_call', 'eth_call'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\r\nb', '"a\r\nb"'],
    ['', ''],
  ])('is quoted where RFC 4180 asks for it: %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});
