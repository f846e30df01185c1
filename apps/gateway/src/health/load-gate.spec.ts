import { describe, expect, it } from 'vitest';
import { LoadGate } from './load-gate.js';

const enterMany = (gate: LoadGate, tenant: string, count: number): number =>
  Array.from({ length: count }, () => gate.enter(tenant)).filter(Boolean).length;

describe('LoadGate', () => {
  it('lets one tenant alone use everything, up to the bound of all', () => {
    const gate = new LoadGate({ callsMax: 1_000, sharedCalls: 200 });
    expect(enterMany(gate, 'a', 1_500)).toBe(1_000);
    expect(gate.inFlight).toBe(1_000);
    gate.leave('a');
    expect(gate.enter('a')).toBe(true);
  });

  it('holds a tenant to its part while another has calls under way, and lets the other in', () => {
    const gate = new LoadGate({ callsMax: 1_000, sharedCalls: 200 });
    expect(enterMany(gate, 'loud', 500)).toBe(500);
    expect(enterMany(gate, 'quiet', 50)).toBe(50);
    expect(gate.enter('loud')).toBe(false);
    for (let call = 0; call < 401; call += 1) gate.leave('loud');
    expect(gate.enter('loud')).toBe(true);
    expect(gate.enter('loud')).toBe(false);
    for (let call = 0; call < 50; call += 1) gate.leave('quiet');
    expect(gate.enter('loud')).toBe(true);
  });

  it('sheds new calls while the event loop is late and there is work under way', () => {
    let latenessMs = 400;
    const gate = new LoadGate({ callsMax: 1_000, sharedCalls: 200, latenessMs: () => latenessMs });
    expect(enterMany(gate, 'a', 100)).toBe(64);
    latenessMs = 10;
    expect(gate.enter('a')).toBe(true);
  });
});
