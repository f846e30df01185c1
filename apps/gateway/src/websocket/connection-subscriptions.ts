import { randomBytes } from 'node:crypto';
import { type Caller, isRefusal } from '../relay/authorise.js';
import { type Refusal, refuse } from '../relay/refusal.js';
import type { Subscriber } from '../relay/subscriber.js';
import type { FollowerListener } from './follower-listener.js';
import type { Payer } from './relay-reader.js';
import { readSubscription } from './subscription-request.js';
import type { Subscribed, SubscriptionHub } from './subscription-hub.js';

export interface ConnectionSubscriptionsOptions {
  readonly hub: Pick<SubscriptionHub, 'subscribe'>;
  readonly subscriptionsMax: number;
  /** Who pays; ends the connection itself when its key does not hold any more. */
  readonly payer: Payer;
  /** Sends one notification. */
  readonly send: (text: string) => void;
  /** Tells that something keeps news away. */
  readonly trouble: (refusal: Refusal) => void;
}

interface Entry {
  subscribed: Subscribed | null;
  /** Notifications that came before the answer which names the subscription was sent; null from then on. */
  held: string[] | null;
}

/** One connection's subscriptions. Ids are the gateway's own and stay the same whichever node the news come from. */
export class ConnectionSubscriptions {
  readonly #entries = new Map<string, Entry>();
  #ended = false;

  constructor(private readonly o: ConnectionSubscriptionsOptions) {}

  get size(): number {
    return this.#entries.size;
  }

  /** Serves one frame. Call `sent` when its answer is on its way: no notification may come before it. */
  forFrame(): Subscriber & { sent(): void } {
    const opened: string[] = [];
    return {
      serve: async (caller, method, paramsJson) => {
        if (method === 'eth_subscribe') return this.#subscribe(caller, paramsJson, opened);
        if (method === 'eth_unsubscribe') return this.#unsubscribe(paramsJson);
        return refuse(
          'method',
          `${method} is not served. Over WebSocket there are eth_subscribe and eth_unsubscribe.`,
          {
            method,
          },
        );
      },
      sent: () => {
        for (const id of opened) this.#release(id);
      },
    };
  }

  /** Ends all of them. */
  end(): void {
    this.#ended = true;
    for (const { subscribed } of this.#entries.values()) subscribed?.end();
    this.#entries.clear();
  }

  async #subscribe(caller: Caller, paramsJson: string | null, opened: string[]): Promise<string | Refusal> {
    const request = readSubscription(caller.chain, paramsJson);
    if (isRefusal(request)) return request;
    if (this.#entries.size >= this.o.subscriptionsMax) {
      return refuse(
        'size',
        `A connection may hold ${this.o.subscriptionsMax} subscriptions. End one with eth_unsubscribe, or open another connection.`,
        { limit: this.o.subscriptionsMax },
      );
    }
    const id = `0x${randomBytes(16).toString('hex')}`;
    const entry: Entry = { subscribed: null, held: [] };
    this.#entries.set(id, entry);
    const head = `{"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"${id}","result":`;
    const listener: FollowerListener = {
      payer: this.o.payer,
      notify: (resultJson) => {
        const text = `${head}${resultJson}}}`;
        if (entry.held === null) this.o.send(text);
        else entry.held.push(text);
      },
      trouble: (refusal) => this.o.trouble({ ...refusal, data: { ...refusal.data, subscription: id } }),
    };
    const subscribed = await this.o.hub.subscribe(caller, request, listener);
    if (isRefusal(subscribed)) {
      this.#entries.delete(id);
      return subscribed;
    }
    if (this.#ended) {
      subscribed.end();
      return refuse('busy', 'The connection closes.');
    }
    entry.subscribed = subscribed;
    opened.push(id);
    return JSON.stringify(id);
  }

  #unsubscribe(paramsJson: string | null): string | Refusal {
    const params: unknown = paramsJson === null ? [] : JSON.parse(paramsJson);
    const id: unknown = Array.isArray(params) ? params[0] : undefined;
    if (typeof id !== 'string') return refuse('params', 'eth_unsubscribe takes the id of a subscription: ["0x…"].');
    const entry = this.#entries.get(id);
    if (entry?.subscribed === undefined || entry.subscribed === null) return 'false';
    this.#entries.delete(id);
    entry.subscribed.end();
    return 'true';
  }

  #release(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.held === null) return;
    const { held } = entry;
    entry.held = null;
    for (const text of held) this.o.send(text);
  }
}
