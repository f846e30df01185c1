/** Remembers answers about committed heights, which never change, and forgets the oldest. Asked twice at once it asks once. */
export class BoundedMap<Value> {
  readonly #values = new Map<string, Promise<Value>>();

  constructor(private readonly entriesMax: number) {}

  /** The known value, or what `make` gives now. A failure is not remembered. */
  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.#values.set(key, value);
    value.catch(() => {
      if (this.#values.get(key) === value) this.#values.delete(key);
    });
    if (this.#values.size > this.entriesMax) {
      const [oldest] = this.#values.keys();
      if (oldest !== undefined) this.#values.delete(oldest);
    }
    return value;
  }
}
