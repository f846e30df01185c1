import { describe, expect, it } from 'vitest';
import { formatReport } from './report.js';
import { type Evidence, judge } from './verdict.js';

const outcome = (requestId: string, fault = 0) => ({
  isAnswered: true,
  requestId,
  failure: null,
  refusal: null,
  endedAtMs: 0,
  isLimit: false,
  fault,
});

const bill = (times = 1, answeredAtMs = 1_500) => ({ times, answeredAtMs });

/** Two relays, answered, billed, proven and paid. */
const sound: Evidence = {
  faults: [{ kind: 'redis-kill', startedAtMs: 1_000, seconds: 0.5 }],
  outcomes: [outcome('a'), outcome('b')],
  inFlightAtKills: 0,
  recorded: {
    billed: new Map([
      ['a', bill()],
      ['b', bill()],
    ]),
    receipts: 2,
    repeatedReceipts: 0,
    bySession: new Map([['1/app', 2]]),
    byApplicationDay: new Map([['one/2026-01-01', 2]]),
  },
  settled: {
    billedByUsage: 2,
    openSessions: 0,
    receipts: 2,
    accounted: 2,
    proven: 2,
    mintedUpokt: 20_000n,
    wrongRewards: 0,
    notProven: { late: 0 },
  },
  nodes: { answered: 3, bySession: new Map([['1/app', 3]]) },
  mintedByLedgerUpokt: 20_000n,
  dailyLimits: new Map([['one', 2]]),
};

const violated = (evidence: Evidence): string[] =>
  judge(evidence)
    .invariants.filter((each) => !each.holds)
    .map((each) => each.name);

describe('the verdict', () => {
  it('finds nothing where everybody counted the same', () => {
    expect(violated(sound)).toEqual([]);
  });

  it('sees an answer that is not billed, under its fault', () => {
    const evidence = { ...sound, outcomes: [...sound.outcomes, outcome('c')] };
    expect(violated(evidence)).toEqual(['Every answer that a client got is billed.']);
    expect(judge(evidence).rows.find((row) => row.kind === 'redis-kill')?.lost).toBe(1);
  });

  it('sees a request billed twice', () => {
    const billed = new Map([...sound.recorded.billed, ['b', bill(2)] as const]);
    expect(violated({ ...sound, recorded: { ...sound.recorded, billed } })).toEqual(['Nothing is billed twice.']);
  });

  it('sees receipts that no node answered', () => {
    const nodes = { answered: 3, bySession: new Map([['1/app', 1]]) };
    expect(violated({ ...sound, nodes })).toEqual(['Nothing is billed that no node answered.']);
  });

  it('allows a bill for an unseen answer only where a gateway was killed with the call in its hands', () => {
    const evidence = { ...sound, outcomes: [outcome('a')] };
    expect(violated(evidence)).toEqual(['What is billed unseen was in the hands of a killed gateway.']);
    expect(violated({ ...evidence, inFlightAtKills: 1 })).toEqual([]);
  });

  it('sees receipts without a settlement, wrong rewards, and a limit exceeded', () => {
    expect(violated({ ...sound, settled: { ...sound.settled, accounted: 1 } })).toEqual([
      'Every receipt is accounted for in a settlement.',
    ]);
    expect(violated({ ...sound, mintedByLedgerUpokt: 10_000n })).toEqual([
      'Nodes are paid 0.01 POKT for each proven relay.',
    ]);
    expect(violated({ ...sound, dailyLimits: new Map([['one', 1]]) })).toEqual([
      'No application exceeds its daily limit.',
    ]);
  });

  it('becomes a table with a line for each kind and each invariant', () => {
    const { rows, invariants } = judge(sound);
    const text = formatReport(rows, invariants);
    expect(text).toMatch(/^redis-kill +1 +0\.5 +0\.5 +0\.0 +0\.0 +2 +0 +0 +0 +0$/m);
    expect(text.match(/^holds/gm)).toHaveLength(invariants.length);
  });
});
