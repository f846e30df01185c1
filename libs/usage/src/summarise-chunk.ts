import type { MeteredReceipt, RelayPurpose } from './metered-receipt.js';

/** Counters that one chunk adds to one row of `metering.usage`. */
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
  readonly usage: readonly UsageIncrement[];
  readonly sessions: readonly SessionIncrement[];
  readonly tallies: readonly TallyIncrement[];
}

/** Methods come from clients: anything that is not a plain name shares one row, so that a client cannot mint rows of junk. */
const METHOD_NAME = /^[A-Za-z0-9_.\-/]{1,64}$/;
const OTHER_METHOD = 'other';

/** A safe separator: no field of a key can contain a line feed. */
const SEPARATOR = '\n';

/**
 * Folds the receipts of one chunk in memory, one pass, no I/O.
 * The rows come sorted by their keys, so that two workers that store different chunks lock shared rows in one order and never deadlock.
 */
export function summariseChunk(receipts: Iterable<MeteredReceipt>): ChunkSummary {
  const usage = new Map<string, UsageIncrement>();
  const sessions = new Map<string, SessionIncrement>();
  const tallies = new Map<string, TallyIncrement>();
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
  }
  return {
    receipts: count,
    billable,
    firstAnsweredAtMs: count === 0 ? null : first,
    lastAnsweredAtMs: count === 0 ? null : last,
    usage: inKeyOrder(usage),
    sessions: inKeyOrder(sessions),
    tallies: inKeyOrder(tallies),
  };
}

function addUsage(usage: Map<string, UsageIncrement>, receipt: MeteredReceipt): void {
  const method = METHOD_NAME.test(receipt.method) ? receipt.method : OTHER_METHOD;
  const key =
    receipt.day +
    SEPARATOR +
    receipt.tenantId +
    SEPARATOR +
    receipt.endpointId +
    SEPARATOR +
    receipt.applicationId +
    SEPARATOR +
    receipt.chain +
    SEPARATOR +
    method +
    SEPARATOR +
    receipt.keyId;
  let row = usage.get(key);
  if (row === undefined) {
    row = {
      day: receipt.day,
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

function inKeyOrder<T>(rows: Map<string, T>): T[] {
  return [...rows.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
}
