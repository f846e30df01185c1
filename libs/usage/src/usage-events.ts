import { type SqlExecutor, inTransaction } from '#libs/persistence';
import type { DataSource } from 'typeorm';

/** Types of the feed's events. A type never changes meaning; a new meaning is a new version. */
export const USAGE_EVENT_TYPE = {
  /** Relays were added to an open day. `data`: what the row names and the increments. */
  recorded: 'network.pokt.usage.recorded.v1',
  /** Relays of a day that was closed already. `data` like `recorded`, and `corrects` and `recordedOn`. */
  corrected: 'network.pokt.usage.corrected.v1',
  /** A day became final. `data`: the day and its totals. No `recorded` of that day follows. */
  dayClosed: 'network.pokt.usage.day-closed.v1',
} as const;

/** One of {@link USAGE_EVENT_TYPE}. */
export type UsageEventType = (typeof USAGE_EVENT_TYPE)[keyof typeof USAGE_EVENT_TYPE];

/** `source` of every event; with `id` it names an event for ever. */
export const USAGE_EVENT_SOURCE = 'urn:pokt-portal:usage';

/** Content of a `recorded` or `corrected` event. Counters are digits. */
export interface UsageEventData {
  readonly day: string;
  readonly hour: number;
  readonly tenantId: string;
  readonly endpointId: string;
  readonly applicationId: string;
  readonly chain: string;
  readonly method: string;
  readonly keyId: string;
  readonly billableRelays: string;
  readonly clientRelays: string;
  readonly retryRelays: string;
  readonly hedgeRelays: string;
  readonly quorumRelays: string;
  readonly probeRelays: string;
  readonly rpcErrors: string;
  readonly bytesIn: string;
  readonly bytesOut: string;
  readonly durationUs: string;
  /** `corrected` only: the closed day that this adds to. */
  readonly corrects?: string;
  /** `corrected` only: the UTC day on which it was recorded, which decides the invoice. */
  readonly recordedOn?: string;
}

/** An event before it has its number. */
export interface NewUsageEvent {
  /** Unique for ever. */
  readonly id: string;
  readonly type: UsageEventType;
  readonly tenantId: string | null;
  readonly data: object;
}

/** An event of the feed. */
export interface UsageEvent {
  /** 1, 2, 3 … without gaps, in the order of reading. */
  readonly sequence: bigint;
  readonly id: string;
  readonly type: UsageEventType;
  readonly tenantId: string | null;
  readonly occurredAt: Date;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Any constant works; one sequencer at a time. */
const SEQUENCER_LOCK = 7_401_126_041;

/** Events that one transaction numbers. */
const SEQUENCED_MAX = 5_000;

/** Writes events in the transaction of what they tell of; they get their numbers from {@link sequenceEvents}. */
export async function appendEvents(sql: SqlExecutor, events: readonly NewUsageEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql.query(
    `INSERT INTO metering.event_outbox (event_id, type, tenant_id, data)
     SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[], $4::jsonb[])`,
    [
      events.map((event) => event.id),
      events.map((event) => event.type),
      events.map((event) => event.tenantId),
      events.map((event) => JSON.stringify(event.data)),
    ],
  );
}

/**
 * Numbers committed events and moves them to the feed, until none waits; returns how many.
 *
 * One caller at a time numbers (a second one returns 0), and the numbers commit with the events: so there are no gaps, and a
 * number that a reader sees is never followed by the late appearance of a smaller one. A reader may therefore remember the
 * last sequence alone.
 */
export async function sequenceEvents(dataSource: DataSource): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await inTransaction(dataSource, sequenceBatch);
    total += count;
    if (count < SEQUENCED_MAX) return total;
  }
}

async function sequenceBatch(sql: SqlExecutor): Promise<number> {
  const [lock] = await sql.query<Array<{ taken: boolean }>>('SELECT pg_try_advisory_xact_lock($1) AS taken', [
    SEQUENCER_LOCK,
  ]);
  if (lock?.taken !== true) return 0;
  // A `day-closed` is written after everything it speaks of was committed, and so has a higher position than all of it.
  const [row] = await sql.query<Array<{ count: string }>>(
    `WITH waiting AS (
       SELECT position FROM metering.event_outbox ORDER BY position LIMIT $1
     ), taken AS (
       DELETE FROM metering.event_outbox o USING waiting w WHERE o.position = w.position RETURNING o.*
     ), numbered AS (
       INSERT INTO metering.events (sequence, event_id, type, tenant_id, occurred_at, data)
       SELECT h.sequence + row_number() OVER (ORDER BY t.position), t.event_id, t.type, t.tenant_id, t.occurred_at, t.data
       FROM taken t CROSS JOIN metering.event_head h
       RETURNING sequence
     )
     SELECT count(*)::text AS count FROM numbered`,
    [SEQUENCED_MAX],
  );
  const count = Number(row?.count ?? 0);
  if (count > 0) await sql.query('UPDATE metering.event_head SET sequence = sequence + $1', [count]);
  return count;
}

/** Which events to read. */
export interface UsageEventFilter {
  /** The last sequence that was read; 0n for the beginning. */
  readonly after: bigint;
  /** 1..5,000. */
  readonly limit: number;
  /** Only this tenant's events, and those of no tenant (`day-closed`). Sequences then have gaps. */
  readonly tenantId?: string;
}

/** Events that a reader has not read are removed already. */
export class EventsGoneError extends Error {
  override readonly name = 'EventsGoneError';
  constructor(
    /** The smallest sequence that is kept. */
    readonly oldest: bigint,
  ) {
    super(`events before sequence ${oldest} are removed`);
  }
}

/** The smallest sequence that is kept, or comes next when there is none yet. */
export async function oldestEvent(sql: SqlExecutor): Promise<bigint> {
  const [row] = await sql.query<[{ oldest: string }]>('SELECT oldest_sequence AS oldest FROM metering.event_head');
  return BigInt(row.oldest);
}

/**
 * Events with a sequence above `after`, in order.
 * @throws EventsGoneError when some of them are removed: a reader never misses events unknowingly.
 */
export async function readEvents(sql: SqlExecutor, filter: UsageEventFilter): Promise<UsageEvent[]> {
  const parameters: unknown[] = [String(filter.after), filter.limit];
  let condition = '';
  if (filter.tenantId !== undefined) {
    parameters.push(filter.tenantId);
    condition = 'AND (tenant_id = $3 OR tenant_id IS NULL)';
  }
  const rows = await sql.query<
    Array<{
      oldest: string;
      sequence: string | null;
      event_id: string;
      type: UsageEventType;
      tenant_id: string | null;
      occurred_at: Date;
      data: Record<string, unknown>;
    }>
  >(
    // One statement, so that what is removed meanwhile is either answered or told.
    `SELECT h.oldest_sequence AS oldest, e.* FROM metering.event_head h LEFT JOIN LATERAL (
       SELECT sequence, event_id, type, tenant_id, occurred_at, data FROM metering.events
        WHERE sequence > $1 ${condition} ORDER BY sequence LIMIT $2
     ) AS e ON true ORDER BY e.sequence`,
    parameters,
  );
  const oldest = BigInt(rows[0]?.oldest ?? 1);
  if (filter.after < oldest - 1n) throw new EventsGoneError(oldest);
  return rows.filter(hasSequence).map((row) => ({
    sequence: BigInt(row.sequence),
    id: row.event_id,
    type: row.type,
    tenantId: row.tenant_id,
    occurredAt: row.occurred_at,
    data: row.data,
  }));
}

function hasSequence<Row extends { readonly sequence: string | null }>(row: Row): row is Row & { sequence: string } {
  return row.sequence !== null;
}
