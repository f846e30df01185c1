/** A map that forgets its oldest entries. For answers about committed heights, which never change. */
export class BoundedMap<Value> {
  readonly #values = new Map<string, Value>();

  constructor(private readonly entriesMax: number) {}

  /** The known value, or what `make` gives now. A rejected promise is not kept. */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = await make();
    this.#values.set(key, value);
    if (this.#values.size > this.entriesMax) {
      const [oldest] = this.#values.keys();
      if (oldest !== undefined) this.#values.delete(oldest);
    }
    return value;
  }
}
