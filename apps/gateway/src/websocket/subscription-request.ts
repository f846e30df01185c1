import type { Chain } from '#libs/chains';
import { type Refusal, refuse } from '../relay/refusal.js';

/** Which logs a subscriber wants; the members of `eth_getLogs` that a block's logs can be chosen by. */
export interface LogFilter {
  /** Lower-case addresses; empty means any. */
  readonly addresses: readonly string[];
  /** By position; an empty list means any topic. */
  readonly topics: ReadonlyArray<readonly string[]>;
}

/** What `eth_subscribe` asks for. */
export type SubscriptionRequest =
  | { readonly kind: 'newHeads' }
  | { readonly kind: 'logs'; readonly filter: LogFilter; readonly filterKey: string }
  | { readonly kind: 'newPendingTransactions'; readonly full: boolean };

const ADDRESS = /^0x[0-9a-f]{40}$/i;
const TOPIC = /^0x[0-9a-f]{64}$/i;
const TOPICS_MAX = 4;
/** Alternatives in one filter; more make `eth_getLogs` too dear on every block. */
const ALTERNATIVES_MAX = 1_000;

/** Reads the params of `eth_subscribe`, given as JSON text, or says what is wrong with them. */
export function readSubscription(chain: Chain, paramsJson: string | null): SubscriptionRequest | Refusal {
  if (chain.kind !== 'evm') {
    return refuse('method', `Subscriptions are served on EVM chains; ${chain.name} is polled.`);
  }
  const params: unknown = paramsJson === null ? [] : JSON.parse(paramsJson);
  if (!Array.isArray(params)) return refuse('params', 'eth_subscribe takes an array: ["newHeads"].');
  const [kind, option] = params as unknown[];
  switch (kind) {
    case 'newHeads':
      return { kind };
    case 'newPendingTransactions':
      return { kind, full: option === true };
    case 'logs':
      return readFilter(option ?? {});
    default:
      return refuse(
        'params',
        `eth_subscribe serves "newHeads", "logs" and "newPendingTransactions"${typeof kind === 'string' ? `, not "${kind.slice(0, 64)}"` : ''}.`,
      );
  }
}

function readFilter(option: unknown): SubscriptionRequest | Refusal {
  if (typeof option !== 'object' || option === null) return refuse('params', 'The filter of "logs" is an object.');
  const { address, topics } = option as { address?: unknown; topics?: unknown };
  const addresses = listOf(address, ADDRESS);
  if (addresses === null) return refuse('params', 'The filter\'s "address" is an address or a list of addresses.');
  if (topics !== undefined && topics !== null && (!Array.isArray(topics) || topics.length > TOPICS_MAX)) {
    return refuse('params', `The filter's "topics" is a list of up to ${TOPICS_MAX} entries.`);
  }
  const byPosition: string[][] = [];
  for (const entry of (topics ?? []) as unknown[]) {
    const alternatives = listOf(entry, TOPIC);
    if (alternatives === null) return refuse('params', 'Each topic is null, 32 bytes of hex, or a list of those.');
    byPosition.push(alternatives);
  }
  const alternatives = addresses.length + byPosition.reduce((sum, each) => sum + each.length, 0);
  if (alternatives > ALTERNATIVES_MAX) {
    return refuse('params', `A filter may name ${ALTERNATIVES_MAX} addresses and topics.`, {
      limit: ALTERNATIVES_MAX,
      size: alternatives,
    });
  }
  const filter = { addresses: addresses.toSorted(), topics: byPosition.map((each) => each.toSorted()) };
  return { kind: 'logs', filter, filterKey: JSON.stringify(filter) };
}

/** One text or a list of them, in lower case; null and undefined are the empty list, null is "not that". */
function listOf(value: unknown, shape: RegExp): string[] | null {
  if (value === undefined || value === null) return [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const read: string[] = [];
  for (const entry of list) {
    if (typeof entry !== 'string' || !shape.test(entry)) return null;
    read.push(entry.toLowerCase());
  }
  return read;
}
