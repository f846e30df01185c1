/** A promise with its ends outside; `promise` never counts as unhandled, because a turn without a waiter is normal. */
interface Turn {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Who waits for which write. All receipts of one event-loop turn are one write and share one promise; with `sync` given, a write counts
 * when a sync that began after it has ended, and the writes that arrive during one sync share the next.
 */
export class GroupCommit {
  #turn: Turn | null = null;
  #unsynced: Turn[] = [];
  #last: Promise<void> = Promise.resolve();
  #isSyncing = false;

  constructor(private readonly sync: (() => Promise<void>) | null) {}

  /** Resolves when everything appended so far is in the file (and, with `sync`, on the disk). */
  flushed(hasPending: boolean): Promise<void> {
    if (!hasPending) return this.#last;
    this.#turn ??= newTurn();
    return this.#turn.promise;
  }

  /** The pending batch was written. */
  written(): void {
    const turn = this.#turn ?? (this.sync === null ? null : newTurn());
    this.#turn = null;
    if (turn === null) return;
    if (this.sync === null) {
      turn.resolve();
      return;
    }
    this.#unsynced.push(turn);
    this.#last = turn.promise;
    void this.#run(this.sync);
  }

  /** The pending batch was lost. */
  failed(error: Error): void {
    this.#turn?.reject(error);
    this.#turn = null;
  }

  async #run(sync: () => Promise<void>): Promise<void> {
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    while (this.#unsynced.length > 0) {
      const turns = this.#unsynced;
      this.#unsynced = [];
      try {
        await sync();
        for (const turn of turns) turn.resolve();
      } catch (error) {
        for (const turn of turns) turn.reject(error as Error);
      }
    }
    this.#isSyncing = false;
  }
}

function newTurn(): Turn {
  const { promise, resolve, reject } = withResolvers();
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
