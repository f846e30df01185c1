import { type Counter, Histogram, type Registry } from 'prom-client';

/** A counter's child that counts in memory; its metric's `collect` calls `flush`. */
export class GatheredCount {
  #pending = 0;

  constructor(private readonly child: Counter.Internal) {}

  inc(): void {
    this.#pending += 1;
  }

  /** Hands over what was counted since the last time. */
  flush(): void {
    if (this.#pending > 0) this.child.inc(this.#pending);
    this.#pending = 0;
  }
}

/** One chain's values. */
class Buckets {
  readonly counts: Float64Array;
  sum = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1);
  }

  observe(value: number): void {
    const { bounds, counts } = this;
    let index = 0;
    while (index < bounds.length && value > (bounds[index] ?? Infinity)) index += 1;
    counts[index] = (counts[index] ?? 0) + 1;
    this.sum += value;
  }
}

/**
 * A histogram by chain that observes by adding to an array. prom-client's own checks labels, builds a key from them and looks it up
 * for each value, which a relay pays four times.
 */
export class ChainHistogram extends Histogram<'chain'> {
  readonly #chains = new Map<string, Buckets>();
  readonly #bounds: readonly number[];
  readonly #about: { readonly name: string; readonly help: string };

  constructor(o: {
    readonly name: string;
    readonly help: string;
    readonly buckets: readonly number[];
    readonly registers: Registry[];
  }) {
    super({ ...o, buckets: [...o.buckets], labelNames: ['chain'] });
    this.#bounds = o.buckets;
    this.#about = o;
  }

  /** Where the values of a chain go; hold it. `chain` is a slug. */
  of(chain: string): { observe(value: number): void } {
    let buckets = this.#chains.get(chain);
    if (buckets === undefined) this.#chains.set(chain, (buckets = new Buckets(this.#bounds)));
    return buckets;
  }

  override async get(): ReturnType<Histogram<'chain'>['get']> {
    const { name, help } = this.#about;
    const values: Array<{ metricName: string; labels: Record<string, string | number>; value: number }> = [];
    for (const [chain, { counts, sum }] of this.#chains) {
      let count = 0;
      for (const [index, inBucket] of counts.entries()) {
        count += inBucket;
        values.push({
          metricName: `${name}_bucket`,
          labels: { le: this.#bounds[index] ?? '+Inf', chain },
          value: count,
        });
      }
      values.push({ metricName: `${name}_sum`, labels: { chain }, value: sum });
      values.push({ metricName: `${name}_count`, labels: { chain }, value: count });
    }
    const told = { name, help, type: 'histogram', values, aggregator: 'sum' };
    // The typings ask for a `collect` that prom-client's own answers do not have either.
    return Promise.resolve(told as unknown as Awaited<ReturnType<Histogram<'chain'>['get']>>);
  }

  /** What the registry asks for where a metric has it. */
  getForPromString(): ReturnType<ChainHistogram['get']> {
    return this.get();
  }
}
