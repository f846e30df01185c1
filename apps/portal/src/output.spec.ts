import { describe, expect, it } from 'vitest';
import type { Io } from './io.js';
import { printAnswer } from './output.js';

function printed(answer: unknown, columns = 80): string {
  let out = '';
  const io = { columns, out: (text: string) => void (out += text), err: () => undefined } as unknown as Io;
  printAnswer(io, 'table', answer);
  return out;
}

describe('a table of entries', () => {
  it('shows fields of fields by their path', () => {
    const table = printed({ items: [{ name: 'chunks', counts: { waiting: 3, failed: 1 } }], next: null });
    expect(table).toBe('name    counts.waiting  counts.failed\nchunks  3               1\n');
  });

  it('leaves ids out before anything that says something', () => {
    const id = '01a1fcbd-ea51-7daf-a9fe-66230401aedd';
    const table = printed(
      { items: [{ traceId: '1', tenantId: id, endpointId: id, outcome: 'quota' }], next: null },
      30,
    );
    expect(table.split('\n')[0]).toBe('traceId  outcome');
  });

  it('keeps the first field, also when it is an id', () => {
    const id = '01a1fcbd-ea51-7daf-a9fe-66230401aedd';
    expect(printed({ items: [{ tenantId: id, name: 'Demo' }], next: null }, 20)).toContain(id);
  });
});
