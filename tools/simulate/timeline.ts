/** Continuations of continuations that an event may set going before the next event comes. */
const DEPTH = 12;

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly work: () => void;
  isCancelled: boolean;
}

/** Virtual time: a queue of events. Nothing sleeps and no real event-loop turn passes, so a run depends on its seed alone. */
export class Timeline {
  /** Unix milliseconds of the simulated world. */
  now: number;
  readonly #heap: Entry[] = [];
  #orders = 0;
  #events = 0;

  constructor(startMs: number) {
    this.now = startMs;
  }

  /** Events that happened so far. */
  get events(): number {
    return this.#events;
  }

  /** Runs `work` `ms` from now; returns what cancels it. */
  after(ms: number, work: () => void): () => void {
    const entry = { time: this.now + Math.max(0, ms), order: (this.#orders += 1), work, isCancelled: false };
    this.#push(entry);
    return () => {
      entry.isCancelled = true;
    };
  }

  /** Runs events until `untilMs` or until `isOver`; after each one what it set going in memory runs, then `check`. */
  async run(untilMs: number, check: () => void, isOver: () => boolean = () => false): Promise<void> {
    while (!isOver()) {
      const next = this.#heap[0];
      if (next === undefined || next.time > untilMs) break;
      this.#pop();
      if (next.isCancelled) continue;
      this.now = next.time;
      this.#events += 1;
      next.work();
      // A turn of the real event loop would cost more than the event. A continuation deeper than this runs beside the next event.
      for (let depth = 0; depth < DEPTH; depth += 1) await Promise.resolve();
      check();
    }
    if (this.now < untilMs && !isOver()) this.now = untilMs;
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(entry, heap[parent] as Entry)) break;
      heap[at] = heap[parent] as Entry;
      at = parent;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
      if (!isBefore(heap[child] as Entry, last)) break;
      heap[at] = heap[child] as Entry;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.time < right.time || (left.time === right.time && left.order < right.order);
}
