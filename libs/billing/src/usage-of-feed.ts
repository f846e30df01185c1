import type { BilledCorrection, BilledUsage } from './invoice-draft.js';

/** An event of the usage feed, as `GET /v1/usage-events` gives it (CloudEvents) or the usage library reads it. */
export interface FeedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a feed says of one tenant. */
export interface BilledFeed {
  readonly usage: readonly BilledUsage[];
  readonly corrections: readonly BilledCorrection[];
  readonly closedThrough: string | null;
}

const RECORDED = 'network.pokt.usage.recorded.v1';
const CORRECTED = 'network.pokt.usage.corrected.v1';
const DAY_CLOSED = 'network.pokt.usage.day-closed.v1';

/**
 * Adds up a feed, so that whoever keeps it can make every invoice again. Events that come twice count once, their order means nothing.
 *
 * @param tenantId whose relays are counted; the feed may hold others'.
 */
export function usageOfFeed(events: Iterable<FeedEvent>, tenantId: string): BilledFeed {
  const seen = new Set<string>();
  const usage = new Map<string, BilledUsage>();
  const corrections = new Map<string, BilledCorrection>();
  let closedThrough: string | null = null;
  for (const { id, type, data } of events) {
    if (seen.has(id)) continue;
    seen.add(id);
    const text = (name: string): string => String(data[name]);
    if (type === DAY_CLOSED) {
      if (closedThrough === null || text('day') > closedThrough) closedThrough = text('day');
      continue;
    }
    if (data['tenantId'] !== tenantId || (type !== RECORDED && type !== CORRECTED)) continue;
    const [day, endpointId, chain, relays] = [
      text('day'),
      text('endpointId'),
      text('chain'),
      BigInt(text('billableRelays')),
    ];
    if (type === RECORDED) {
      const key = [day, endpointId, chain].join('\n');
      usage.set(key, { day, endpointId, chain, relays: (usage.get(key)?.relays ?? 0n) + relays });
    } else {
      const recordedOn = text('recordedOn');
      const key = [day, recordedOn, endpointId, chain].join('\n');
      const before = corrections.get(key)?.relays ?? 0n;
      corrections.set(key, { corrects: day, recordedOn, endpointId, chain, relays: before + relays });
    }
  }
  return { usage: [...usage.values()], corrections: [...corrections.values()], closedThrough };
}
