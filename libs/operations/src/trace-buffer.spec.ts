import { describe, expect, it } from 'vitest';
import type { RequestTrace } from './request-trace.js';
import { TraceBuffer } from './trace-buffer.js';

const trace = (requestId: string) => ({ requestId }) as RequestTrace;

describe('the buffer of stories', () => {
  it('keeps so many a second, lets explained calls in beyond that, and counts the rest', () => {
    let nowMs = 0;
    const buffer = new TraceBuffer({ store: () => Promise.resolve(), perSecondMax: () => 3, clock: () => nowMs });
    const offer = (count: number) =>
      Array.from({ length: count }, () => buffer.hasRoom(false) && (buffer.add(trace('a')), true)).filter(Boolean)
        .length;
    expect(offer(10)).toBe(3);
    expect(buffer.dropped).toBe(7);
    expect(buffer.hasRoom(true)).toBe(true);
    nowMs = 1_000;
    expect(offer(10)).toBe(3);
  });

  it('writes in batches and in order, again after a fault, and drops the oldest beyond its bound', async () => {
    const written: string[] = [];
    let away = true;
    const buffer = new TraceBuffer({
      store: async (traces) => {
        await Promise.resolve();
        if (away) throw new Error('away');
        written.push(...traces.map(({ requestId }) => requestId));
      },
      perSecondMax: () => 1_000,
      waitingMax: 4,
      batchMax: 2,
    });
    for (const id of ['a', 'b', 'c', 'd', 'e']) buffer.add(trace(id));
    await buffer.flush();
    expect(written).toEqual([]);
    away = false;
    await buffer.flush();
    expect(written).toEqual(['b', 'c', 'd', 'e']);
    expect(buffer.dropped).toBe(1);
  });
});
