/** Steps back to an earlier state, newest last. */
export type Undo = Array<() => void>;

/** The current records of one kind, with undo and with memory of what a block changed. */
export class RecordTable<Record> {
  readonly #records = new Map<string, Record>();
  readonly #changed = new Set<string>();
  readonly #undo: Undo;

  constructor(undo: Undo) {
    this.#undo = undo;
  }

  /** Takes a committed record; not a change. */
  load(key: string, record: Record): void {
    this.#records.set(key, record);
  }

  get(key: string): Record | undefined {
    return this.#records.get(key);
  }

  has(key: string): boolean {
    return this.#records.has(key);
  }

  get size(): number {
    return this.#records.size;
  }

  entries(): IterableIterator<[string, Record]> {
    return this.#records.entries();
  }

  /** Entries whose record fits, in ascending order of keys: the order in which a block must treat them. */
  where(fits: (record: Record, key: string) => boolean): Array<[string, Record]> {
    const found: Array<[string, Record]> = [];
    for (const [key, record] of this.#records) if (fits(record, key)) found.push([key, record]);
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }

  set(key: string, record: Record): void {
    this.#write(key, record);
  }

  delete(key: string): void {
    if (this.#records.has(key)) this.#write(key, undefined);
  }

  /** Changes since the last call, ascending by key; undefined: removed. */
  takeChanges(): Array<[string, Record | undefined]> {
    const changes = [...this.#changed].sort().map((key): [string, Record | undefined] => [key, this.#records.get(key)]);
    this.#changed.clear();
    return changes;
  }

  #write(key: string, record: Record | undefined): void {
    const before = this.#records.get(key);
    const wasChanged = this.#changed.has(key);
    if (record === undefined) this.#records.delete(key);
    else this.#records.set(key, record);
    this.#changed.add(key);
    this.#undo.push(() => {
      if (before === undefined) this.#records.delete(key);
      else this.#records.set(key, before);
      if (!wasChanged) this.#changed.delete(key);
    });
  }
}
