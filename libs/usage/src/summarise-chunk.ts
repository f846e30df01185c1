import { type CostIncrement, CostTally } from './cost-rows.js';
import { type MeteredReceipt, RELAY_PURPOSES, type RelayPurpose } from './metered-receipt.js';

/** Counters that one chunk adds to one row of `metering.usage`, or with an `hour` to one row of `metering.usage_hours`. */
export interface UsageIncrement {
  readonly day: string;
  readonly tenantId: string;
  readonly endpointId: string;
  readonly applicationId: string;
  readonly chain: string;
  readonly method: string;
  readonly keyId: string;
  billableRelays: number;
  /** Relays sent, by purpose; billable or not. */
  readonly sent: Record<RelayPurpose, number>;
  /** JSON-RPC errors, bytes and durations are those of billable answers: what the client felt and is invoiced for. */
  rpcErrors: number;
  bytesIn: number;
  bytesOut: number;
  durationUs: number;
}

/** Counters of one hour of a day, the finest grain that is kept. */
export interface HourIncrement extends UsageIncrement {
  /** 0..23: the UTC hour of the answer, kept within the receipt's day so that a day is the sum of its hours. */
  readonly hour: number;
}

/** Receipts that one chunk adds to one session on one day. */
export interface SessionDayIncrement {
  readonly applicationPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
  readonly day: string;
  receipts: number;
  billable: number;
}

/** Receipts that one chunk adds to one session. */
export interface SessionIncrement {
  readonly applicationPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
  readonly applicationId: string;
  receipts: number;
}

/** Receipts that one chunk adds to one node of a session. */
export interface TallyIncrement {
  readonly applicationPublicKeyHex: string;
  readonly chain: string;
  readonly sessionHeight: number;
  readonly nodePublicKeyHex: string;
  receipts: number;
  billable: number;
}

/** A chunk folded to the rows it touches; every list is in the order in which the rows are locked. */
export interface ChunkSummary {
  readonly receipts: number;
  readonly billable: number;
  readonly firstAnsweredAtMs: number | null;
  readonly lastAnsweredAtMs: number | null;
  /** By hour; {@link daysOf} folds them to days. */
  readonly usage: readonly HourIncrement[];
  readonly sessions: readonly SessionIncrement[];
  readonly sessionDays: readonly SessionDayIncrement[];
  readonly tallies: readonly TallyIncrement[];
  readonly costs: readonly CostIncrement[];
}

/** Methods come from clients: anything that is not a plain name shares one row, so that a client cannot mint rows of junk. */
const METHOD_NAME = /^[A-Za-z0-9_.\-/]{1,64}$/;
const OTHER_METHOD = 'other';

/** A safe separator: no field of a key can contain a line feed. */
const SEPARATOR = '\n';

const HOUR_MS = 3_600_000;

/** Two digits, so that the order of keys is that of hours. */
const HOUR_TEXT = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));

type UsageKey = Pick<
  UsageIncrement,
  'day' | 'tenantId' | 'endpointId' | 'applicationId' | 'chain' | 'method' | 'keyId'
>;

/**
 * Folds the receipts of one chunk in memory, one pass, no I/O.
 * The rows come sorted by their keys, so that two workers that store different chunks lock shared rows in one order and never deadlock.
 */
export function summariseChunk(receipts: Iterable<MeteredReceipt>): ChunkSummary {
  const usage = new Map<string, HourIncrement>();
  const sessionDays = new Map<string, SessionDayIncrement>();
  const sessions = new Map<string, SessionIncrement>();
  const tallies = new Map<string, TallyIncrement>();
  const costs = new CostTally();
  let count = 0;
  let billable = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const receipt of receipts) {
    count += 1;
    if (receipt.billable) billable += 1;
    if (receipt.answeredAtMs < first) first = receipt.answeredAtMs;
    if (receipt.answeredAtMs > last) last = receipt.answeredAtMs;
    addUsage(usage, receipt);
    addSession(sessions, tallies, receipt);
    addSessionDay(sessionDays, receipt);
    costs.add(receipt);
  }
  return {
    receipts: count,
    billable,
    firstAnsweredAtMs: count === 0 ? null : first,
    lastAnsweredAtMs: count === 0 ? null : last,
    usage: inKeyOrder(usage),
    sessions: inKeyOrder(sessions),
    sessionDays: inKeyOrder(sessionDays),
    tallies: inKeyOrder(tallies),
    costs: costs.inOrder(),
  };
}

/** Folds hours to days; the rows come in key order as well. */
export function daysOf(hours: readonly HourIncrement[]): UsageIncrement[] {
  const days = new Map<string, UsageIncrement>();
  for (const { hour: _hour, ...row } of hours) {
    const key = dayKeyOf(row, row.method);
    const day = days.get(key);
    if (day === undefined) {
      days.set(key, { ...row, sent: { ...row.sent } });
      continue;
    }
    for (const purpose of RELAY_PURPOSES) day.sent[purpose] += row.sent[purpose];
    day.billableRelays += row.billableRelays;
    day.rpcErrors += row.rpcErrors;
    day.bytesIn += row.bytesIn;
    day.bytesOut += row.bytesOut;
    day.durationUs += row.durationUs;
  }
  return inKeyOrder(days);
}

function dayKeyOf(row: Omit<UsageKey, 'method'>, method: string): string {
  return (
    row.day +
    SEPARATOR +
    row.tenantId +
    SEPARATOR +
    row.endpointId +
    SEPARATOR +
    row.applicationId +
    SEPARATOR +
    row.chain +
    SEPARATOR +
    method +
    SEPARATOR +
    row.keyId
  );
}

/** Which hour of its day a receipt counts in: a gateway's clock may put the answer of a day's last unit into the next day. */
function hourOf(receipt: MeteredReceipt): number {
  const hour = Math.floor((receipt.answeredAtMs - dayStartMs(receipt.day)) / HOUR_MS);
  return Math.min(23, Math.max(0, hour));
}

let knownDay = { day: '', startMs: 0 };

/** The same day comes thousands of times in a row: it is parsed once. */
function dayStartMs(day: string): number {
  if (knownDay.day !== day) knownDay = { day, startMs: Date.parse(`${day}T00:00:00Z`) };
  return knownDay.startMs;
}

function addUsage(usage: Map<string, HourIncrement>, receipt: MeteredReceipt): void {
  const method = METHOD_NAME.test(receipt.method) ? receipt.method : OTHER_METHOD;
  const hour = hourOf(receipt);
  const key = dayKeyOf(receipt, method) + SEPARATOR + HOUR_TEXT[hour]!;
  let row = usage.get(key);
  if (row === undefined) {
    row = {
      day: receipt.day,
      hour,
      tenantId: receipt.tenantId,
      endpointId: receipt.endpointId,
      applicationId: receipt.applicationId,
      chain: receipt.chain,
      method,
      keyId: receipt.keyId,
      billableRelays: 0,
      sent: { client: 0, retry: 0, hedge: 0, quorum: 0, probe: 0 },
      rpcErrors: 0,
      bytesIn: 0,
      bytesOut: 0,
      durationUs: 0,
    };
    usage.set(key, row);
  }
  row.sent[receipt.purpose] += 1;
  if (!receipt.billable) return;
  row.billableRelays += 1;
  if (receipt.rpcError) row.rpcErrors += 1;
  row.bytesIn += receipt.bytesIn;
  row.bytesOut += receipt.bytesOut;
  row.durationUs += receipt.durationUs;
}

function addSession(
  sessions: Map<string, SessionIncrement>,
  tallies: Map<string, TallyIncrement>,
  receipt: MeteredReceipt,
): void {
  const { applicationPublicKeyHex, chain, sessionHeight } = receipt.session;
  const sessionKey = applicationPublicKeyHex + SEPARATOR + chain + SEPARATOR + sessionHeight;
  let session = sessions.get(sessionKey);
  if (session === undefined) {
    session = { applicationPublicKeyHex, chain, sessionHeight, applicationId: receipt.applicationId, receipts: 0 };
    sessions.set(sessionKey, session);
  }
  session.receipts += 1;
  const tallyKey = sessionKey + SEPARATOR + receipt.nodePublicKeyHex;
  let tally = tallies.get(tallyKey);
  if (tally === undefined) {
    tally = {
      applicationPublicKeyHex,
      chain,
      sessionHeight,
      nodePublicKeyHex: receipt.nodePublicKeyHex,
      receipts: 0,
      billable: 0,
    };
    tallies.set(tallyKey, tally);
  }
  tally.receipts += 1;
  if (receipt.billable) tally.billable += 1;
}

function addSessionDay(sessionDays: Map<string, SessionDayIncrement>, receipt: MeteredReceipt): void {
  const { applicationPublicKeyHex, chain, sessionHeight } = receipt.session;
  const key = applicationPublicKeyHex + SEPARATOR + chain + SEPARATOR + sessionHeight + SEPARATOR + receipt.day;
  let row = sessionDays.get(key);
  if (row === undefined) {
    row = { applicationPublicKeyHex, chain, sessionHeight, day: receipt.day, receipts: 0, billable: 0 };
    sessionDays.set(key, row);
  }
  row.receipts += 1;
  if (receipt.billable) row.billable += 1;
}

function inKeyOrder<T>(rows: Map<string, T>): T[] {
  return [...rows.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
}
