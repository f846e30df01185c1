import type { NodesCount, RecordedRelays, Settled } from './audit.js';
import type { CallOutcome } from './relay-load.js';
import type { FaultKind } from './schedule.js';

/** A fault as it was, with the moment from which on outcomes are filed under it. */
export interface PastFault {
  readonly kind: FaultKind;
  readonly startedAtMs: number;
  readonly seconds: number;
}

/** Everything that was counted in a run, by those who counted it. */
export interface Evidence {
  readonly faults: readonly PastFault[];
  readonly outcomes: readonly CallOutcome[];
  readonly inFlightAtKills: number;
  readonly recorded: RecordedRelays;
  readonly settled: Settled;
  readonly nodes: NodesCount;
  readonly mintedByLedgerUpokt: bigint;
  /** Relays a day by application id. */
  readonly dailyLimits: ReadonlyMap<string, number>;
}

/** One sentence that must hold, with the figures that it is about. */
export interface Invariant {
  readonly name: string;
  readonly holds: boolean;
  readonly figures: string;
}

/** A row of the table: what happened during the faults of one kind and after them, until the next. */
export interface KindRow {
  readonly kind: FaultKind | 'no fault';
  readonly count: number;
  readonly seconds: number;
  readonly secondsMost: number;
  /** From the first call that failed to the last, of a fault: the mean over the kind's faults, and the longest; seconds. */
  readonly downMean: number;
  readonly downMost: number;
  readonly served: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Answered to a client and not billed. */
  readonly lost: number;
  /** Billed more than once. */
  readonly double: number;
  /** Billed, and the client did not see the answer. */
  readonly unseen: number;
}

/** Compares what everybody counted. */
export function judge(evidence: Evidence): { invariants: readonly Invariant[]; rows: readonly KindRow[] } {
  const { recorded, settled, nodes, outcomes } = evidence;
  const answered = new Set<string>();
  let answeredTwice = 0;
  for (const outcome of outcomes) {
    if (!outcome.isAnswered || outcome.requestId === null) continue;
    if (answered.has(outcome.requestId)) answeredTwice += 1;
    answered.add(outcome.requestId);
  }
  const rows = tally(evidence, answered);
  const total = (of: (row: KindRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const unanswered = [...recorded.bySession].reduce(
    (sum, [session, receipts]) =>
      nodes.bySession.has(session) ? sum + Math.max(0, receipts - nodes.bySession.get(session)!) : sum,
    Math.max(0, recorded.receipts - nodes.answered),
  );
  const overLimit = [...recorded.byApplicationDay].reduce((sum, [applicationDay, relays]) => {
    const limit = evidence.dailyLimits.get(applicationDay.split('/')[0] ?? '');
    return sum + (limit === undefined ? relays : Math.max(0, relays - limit));
  }, 0);
  const doubles = total((row) => row.double) + recorded.repeatedReceipts + answeredTwice;
  const unseen = total((row) => row.unseen);
  const refusedAndBilled = outcomes.filter(
    (outcome) => !outcome.isAnswered && outcome.requestId !== null && recorded.billed.has(outcome.requestId),
  );
  const receiptsInSessions = [...recorded.bySession.values()].reduce((sum, each) => sum + each, 0);
  return {
    rows,
    invariants: [
      invariant('Every answer that a client got is billed.', total((row) => row.lost) === 0, {
        answered: answered.size,
        'not billed': total((row) => row.lost),
      }),
      invariant('Nothing is billed twice.', doubles === 0, { billed: recorded.billed.size, twice: doubles }),
      invariant('Nothing is billed that no node answered.', unanswered === 0, {
        'answered by nodes': nodes.answered,
        receipts: recorded.receipts,
        'too many': unanswered,
      }),
      invariant('What is billed unseen was in the hands of a killed gateway.', unseen <= evidence.inFlightAtKills, {
        unseen,
        'in flight at kills': evidence.inFlightAtKills,
      }),
      invariant('No call that was refused is billed.', refusedAndBilled.length === 0, {
        'refused and billed': refusedAndBilled.length,
        ...Object.fromEntries(
          refusedAndBilled.map((outcome) => [outcome.requestId, outcome.refusal ?? outcome.failure ?? '']),
        ),
      }),
      invariant('The invoice is the sum of its receipts.', settled.billedByUsage === recorded.billed.size, {
        invoiced: settled.billedByUsage,
        'billable receipts': recorded.billed.size,
      }),
      invariant(
        'Every receipt is accounted for in a settlement.',
        settled.openSessions === 0 &&
          settled.accounted === receiptsInSessions &&
          settled.receipts === receiptsInSessions,
        {
          receipts: receiptsInSessions,
          proven: settled.proven,
          ...settled.notProven,
          'sessions open': settled.openSessions,
        },
      ),
      invariant(
        'Nodes are paid 0.01 POKT for each proven relay.',
        settled.wrongRewards === 0 &&
          settled.mintedUpokt === BigInt(settled.proven) * 10_000n &&
          evidence.mintedByLedgerUpokt === settled.mintedUpokt,
        {
          proven: settled.proven,
          'uPOKT recorded': settled.mintedUpokt,
          'uPOKT minted by the ledger': evidence.mintedByLedgerUpokt,
        },
      ),
      invariant('No application exceeds its daily limit.', overLimit === 0, {
        ...Object.fromEntries(
          [...evidence.dailyLimits].map(([application, limit]) => [
            `of ${limit}`,
            [...recorded.byApplicationDay]
              .filter(([applicationDay]) => applicationDay.startsWith(application))
              .map(([, relays]) => relays)
              .join(' + '),
          ]),
        ),
        'too many': overLimit,
      }),
    ],
  };
}

function invariant(name: string, holds: boolean, figures: Record<string, number | bigint | string>): Invariant {
  const texts = Object.entries(figures).map(([label, figure]) => `${label} ${String(figure)}`);
  return { name, holds, figures: texts.join(', ') };
}

interface OpenRow {
  kind: KindRow['kind'];
  count: number;
  seconds: number;
  secondsMost: number;
  downMean: number;
  downMost: number;
  served: number;
  failures: Record<string, number>;
  lost: number;
  double: number;
  unseen: number;
}

function tally(evidence: Evidence, answered: ReadonlySet<string>): KindRow[] {
  const { faults, outcomes, recorded } = evidence;
  const rows = new Map<KindRow['kind'], OpenRow>();
  const rowOf = (kind: KindRow['kind']): OpenRow => {
    let row = rows.get(kind);
    if (!row) {
      row = {
        kind,
        count: 0,
        seconds: 0,
        secondsMost: 0,
        downMean: 0,
        downMost: 0,
        served: 0,
        failures: {},
        lost: 0,
        double: 0,
        unseen: 0,
      };
      rows.set(kind, row);
    }
    return row;
  };
  rowOf('no fault');
  for (const fault of faults) {
    const row = rowOf(fault.kind);
    row.count += 1;
    row.seconds += fault.seconds;
    row.secondsMost = Math.max(row.secondsMost, fault.seconds);
  }
  for (const [index, seconds] of downtimes(outcomes)) {
    const row = rowOf(faults[index]?.kind ?? 'no fault');
    row.downMean += seconds / Math.max(1, row.count);
    row.downMost = Math.max(row.downMost, seconds);
  }
  for (const outcome of outcomes) {
    const row = rowOf(faults[outcome.fault]?.kind ?? 'no fault');
    if (outcome.isAnswered) {
      row.served += 1;
      if (outcome.requestId === null || !recorded.billed.has(outcome.requestId)) row.lost += 1;
    } else if (!outcome.isLimit) {
      const failure = outcome.failure ?? 'unknown';
      row.failures[failure] = (row.failures[failure] ?? 0) + 1;
    }
  }
  for (const [requestId, bill] of recorded.billed) {
    const isSeen = answered.has(requestId);
    if (isSeen && bill.times === 1) continue;
    const fault = faults.findLast((each) => each.startedAtMs <= bill.answeredAtMs);
    const row = rowOf(fault?.kind ?? 'no fault');
    row.double += bill.times - 1;
    if (!isSeen) row.unseen += 1;
  }
  return [...rows.values()];
}

/** Seconds from the first failed call to the last, by the number of the fault they are filed under. */
function downtimes(outcomes: readonly CallOutcome[]): Map<number, number> {
  const spans = new Map<number, { from: number; to: number }>();
  for (const { fault, endedAtMs, isAnswered, isLimit } of outcomes) {
    if (isAnswered || isLimit) continue;
    const span = spans.get(fault) ?? { from: endedAtMs, to: endedAtMs };
    spans.set(fault, { from: Math.min(span.from, endedAtMs), to: Math.max(span.to, endedAtMs) });
  }
  return new Map([...spans].map(([fault, { from, to }]) => [fault, (to - from) / 1_000]));
}
