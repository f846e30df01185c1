import type { Refusal } from '../relay/refusal.js';
import type { Payer } from './relay-reader.js';

/** A subscription as its follower sees it. */
export interface FollowerListener {
  readonly payer: Payer;
  /** One notification; `resultJson` is the JSON text of its `result`. */
  notify(resultJson: string): void;
  /** Something that keeps news away, told once each time it begins. */
  trouble(refusal: Refusal): void;
}

/** Subscribers of one follower. The relays that serve all of them are paid by each in turn. */
export class Listeners {
  readonly #all = new Set<FollowerListener>();
  #turn = 0;

  get size(): number {
    return this.#all.size;
  }

  add(listener: FollowerListener): void {
    this.#all.add(listener);
  }

  delete(listener: FollowerListener): void {
    this.#all.delete(listener);
  }

  notify(resultJson: string): void {
    for (const listener of this.#all) listener.notify(resultJson);
  }

  trouble(refusal: Refusal): void {
    for (const listener of this.#all) listener.trouble(refusal);
  }

  /** The one whose turn it is to pay; null when nobody listens. */
  nextPayer(): Payer | null {
    if (this.#all.size === 0) return null;
    this.#turn = (this.#turn + 1) % this.#all.size;
    let index = 0;
    for (const listener of this.#all) {
      if (index === this.#turn) return listener.payer;
      index += 1;
    }
    return null;
  }
}
