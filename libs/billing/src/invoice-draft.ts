import { EXACT_PLACES, apportion, decimalText, roundHalfEven } from './amounts.js';
import { PRICE_PLACES, type PriceSheet, priceUnits } from './price-sheet.js';

/** Relays answered to clients on a UTC day, as they were when the day was closed (or are now, while it is open). */
export interface BilledUsage {
  readonly day: string;
  readonly endpointId: string;
  readonly chain: string;
  readonly relays: bigint;
}

/** Relays of a closed day that became known on `recordedOn`, whose invoice they are on. */
export interface BilledCorrection {
  readonly corrects: string;
  readonly recordedOn: string;
  readonly endpointId: string;
  readonly chain: string;
  readonly relays: bigint;
}

/** The plan of a UTC day. */
export interface PlanDay {
  readonly day: string;
  readonly planId: string;
  readonly version: number;
  /** Relays a day beyond which the overage price holds; null: it never does. */
  readonly dailyRelaysMax: number | null;
  readonly prices: PriceSheet | null;
}

/** Everything that a draft is made of. The order of rows means nothing. */
export interface InvoiceFacts {
  /** First and last UTC day, both included. */
  readonly from: string;
  readonly to: string;
  readonly usage: readonly BilledUsage[];
  /** Recorded from `from` to `to`. */
  readonly corrections: readonly BilledCorrection[];
  /** Of each day of the period and of each corrected day. */
  readonly plans: readonly PlanDay[];
  /** The newest day that is final; null: none is. */
  readonly closedThrough: string | null;
}

/** Relays at one price. */
export interface InvoiceLine {
  /** `unpriced`: by a plan without prices. `correction`: relays of an earlier day that became known in this period. */
  readonly kind: 'included' | 'relays' | 'overage' | 'unpriced' | 'correction';
  readonly endpointId: string;
  readonly chain: string;
  readonly planId: string;
  readonly planVersion: number;
  /** Place in the sheet's tiers, from 1; null where no tier prices. */
  readonly tier: number | null;
  /** A correction: the closed day that it adds to, and the day of recording. */
  readonly corrects: string | null;
  readonly recordedOn: string | null;
  readonly relays: string;
  readonly price: string;
  readonly perRelays: number;
  readonly currency: string | null;
  /** Before rounding. */
  readonly exactAmount: string;
  /** In the currency's smallest unit; the lines of a currency add up to its total. */
  readonly amountMinor: string;
  readonly amount: string;
}

/** What one currency comes to. */
export interface InvoiceTotal {
  readonly currency: string;
  readonly minorUnitExponent: number;
  readonly amountMinor: string;
  readonly amount: string;
}

/** An invoice before somebody sends it. */
export interface InvoiceDraft {
  readonly from: string;
  readonly to: string;
  /** `final`: every day is closed, nothing will change any more. */
  readonly state: 'provisional' | 'final';
  readonly relays: string;
  readonly lines: readonly InvoiceLine[];
  readonly totals: readonly InvoiceTotal[];
  readonly rounding: string;
}

/** The rule, in words, as every draft states it. */
export const ROUNDING_RULE =
  'Amounts are exact to 18 decimal places. The sum of a currency is rounded once, to its smallest unit, halves to even; its lines are rounded down ' +
  'and the missing units go, one each, to the lines with the largest remainders, equal ones in the order of the lines.';

interface Bucket {
  readonly kind: InvoiceLine['kind'];
  readonly endpointId: string;
  readonly chain: string;
  readonly plan: PlanDay;
  readonly tier: number | null;
  readonly corrects: string | null;
  readonly recordedOn: string | null;
  readonly price: string;
  relays: bigint;
}

/**
 * Prices a period. Pure and independent of the order of its input: the same facts give the same draft to the last unit.
 *
 * Relays are counted in the order of day, endpoint and chain. Of each day, those beyond the plan's daily cap are overage where the sheet has a
 * price for it. All others are counted through the period: first the included ones, then tier by tier; each relay costs what the
 * sheet of its day says of its count. Corrections are counted after everything else, by the sheet of the day that they correct, never as overage.
 *
 * @throws RangeError when a day has no plan.
 */
export function draftInvoice(facts: InvoiceFacts): InvoiceDraft {
  const plans = new Map(facts.plans.map((plan) => [plan.day, plan]));
  const planOf = (day: string): PlanDay => {
    const plan = plans.get(day);
    if (plan === undefined) throw new RangeError(`no plan is known for ${day}`);
    return plan;
  };
  const counter = new RelayCounter();
  let [today, usedToday] = ['', 0n];
  for (const row of facts.usage.toSorted(byOrder((one) => [one.day, one.endpointId, one.chain]))) {
    const plan = planOf(row.day);
    if (row.day !== today) [today, usedToday] = [row.day, 0n];
    const cap = plan.prices?.overagePrice == null || plan.dailyRelaysMax === null ? null : BigInt(plan.dailyRelaysMax);
    const within = cap === null ? row.relays : least(row.relays, cap > usedToday ? cap - usedToday : 0n);
    usedToday += row.relays;
    counter.count({ ...row, plan, corrects: null, recordedOn: null }, within);
    counter.add(
      'overage',
      { ...row, plan, corrects: null, recordedOn: null },
      null,
      plan.prices?.overagePrice ?? '0',
      row.relays - within,
    );
  }
  const order = (one: BilledCorrection) => [one.recordedOn, one.corrects, one.endpointId, one.chain];
  for (const row of facts.corrections.toSorted(byOrder(order))) {
    counter.count({ ...row, plan: planOf(row.corrects) }, row.relays);
  }
  const { lines, totals } = priced(counter.buckets);
  return {
    from: facts.from,
    to: facts.to,
    state: facts.closedThrough !== null && facts.closedThrough >= facts.to ? 'final' : 'provisional',
    relays: String(counter.total),
    lines,
    totals,
    rounding: ROUNDING_RULE,
  };
}

type Source = Pick<Bucket, 'endpointId' | 'chain' | 'plan' | 'corrects' | 'recordedOn'>;

/** Counts relays through the period and sorts them into lines. */
class RelayCounter {
  readonly #buckets = new Map<string, Bucket>();
  #counted = 0n;
  total = 0n;

  get buckets(): Bucket[] {
    return [...this.#buckets.values()];
  }

  /** Relays that count towards included ones and tiers. */
  count(source: Source, relays: bigint): void {
    const sheet = source.plan.prices;
    if (sheet === null) {
      this.add('unpriced', source, null, '0', relays);
      this.#counted += relays;
      return;
    }
    const included = BigInt(sheet.includedRelays);
    let left = relays;
    const take = (upTo: bigint | null): bigint => {
      const room = upTo === null ? left : upTo > this.#counted ? upTo - this.#counted : 0n;
      const taken = least(left, room);
      left -= taken;
      this.#counted += taken;
      return taken;
    };
    this.add('included', source, null, '0', take(included));
    sheet.tiers.forEach(({ upToRelays, price }, index) => {
      const taken = take(upToRelays === null ? null : included + BigInt(upToRelays));
      this.add('relays', source, index + 1, price, taken);
    });
  }

  add(kind: Bucket['kind'], source: Source, tier: number | null, price: string, relays: bigint): void {
    if (relays === 0n) return;
    this.total += relays;
    const { endpointId, chain, plan, corrects, recordedOn } = source;
    const shown = corrects === null ? kind : 'correction';
    const key = [shown, endpointId, chain, plan.planId, plan.version, tier, corrects, recordedOn, price].join('\n');
    const found = this.#buckets.get(key);
    if (found) found.relays += relays;
    else this.#buckets.set(key, { kind: shown, endpointId, chain, plan, tier, corrects, recordedOn, price, relays });
  }
}

function priced(buckets: readonly Bucket[]): Pick<InvoiceDraft, 'lines' | 'totals'> {
  const ordered = buckets.toSorted(
    byOrder((one) => [
      KINDS[one.kind],
      one.endpointId,
      one.chain,
      one.recordedOn ?? '',
      one.corrects ?? '',
      one.plan.planId,
      String(one.plan.version).padStart(10, '0'),
      String(one.tier ?? 0).padStart(4, '0'),
    ]),
  );
  const exact = ordered.map(exactUnits);
  const amounts = ordered.map(() => 0n);
  const totals: InvoiceTotal[] = [];
  for (const { currency, minorUnitExponent } of currenciesOf(ordered)) {
    const indexes = ordered.flatMap(({ plan: { prices } }, index) =>
      prices?.currency === currency && prices.minorUnitExponent === minorUnitExponent ? [index] : [],
    );
    const unit = 10n ** BigInt(EXACT_PLACES - minorUnitExponent);
    const ofCurrency = indexes.map((index) => exact[index]!);
    const total = roundHalfEven(
      ofCurrency.reduce((sum, value) => sum + value, 0n),
      unit,
    );
    apportion(ofCurrency, unit, total).forEach((amount, place) => {
      amounts[indexes[place]!] = amount;
    });
    const amount = decimalText(total, minorUnitExponent, minorUnitExponent);
    totals.push({ currency, minorUnitExponent, amountMinor: String(total), amount });
  }
  return { lines: ordered.map((bucket, index) => lineOf(bucket, exact[index]!, amounts[index]!)), totals };
}

const KINDS = { included: '1', relays: '2', overage: '3', unpriced: '4', correction: '5' } as const;

/** In units of 10^-{@link EXACT_PLACES}: exact, because 10^6 is a multiple of what prices are for. */
function exactUnits({ relays, price, plan }: Bucket): bigint {
  if (plan.prices === null) return 0n;
  return (relays * priceUnits(price) * 10n ** BigInt(EXACT_PLACES - PRICE_PLACES)) / BigInt(plan.prices.perRelays);
}

function currenciesOf(buckets: readonly Bucket[]): Array<Pick<PriceSheet, 'currency' | 'minorUnitExponent'>> {
  const found = new Map(
    buckets.flatMap(({ plan: { prices } }) =>
      prices === null ? [] : [[`${prices.currency} ${prices.minorUnitExponent}`, prices]],
    ),
  );
  return [...found].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, prices]) => prices);
}

function lineOf(bucket: Bucket, exact: bigint, amount: bigint): InvoiceLine {
  const { plan, relays, kind, endpointId, chain, tier, corrects, recordedOn, price } = bucket;
  const exponent = plan.prices?.minorUnitExponent ?? 0;
  return {
    kind,
    endpointId,
    chain,
    planId: plan.planId,
    planVersion: plan.version,
    tier,
    corrects,
    recordedOn,
    relays: String(relays),
    price,
    perRelays: plan.prices?.perRelays ?? 1_000,
    currency: plan.prices?.currency ?? null,
    exactAmount: decimalText(exact, EXACT_PLACES),
    amountMinor: String(amount),
    amount: decimalText(amount, exponent, exponent),
  };
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** By texts, first to last. Code units, not a locale: the same on every machine. */
function byOrder<T>(textsOf: (item: T) => readonly string[]): (left: T, right: T) => number {
  return (left, right) => {
    const others = textsOf(right);
    for (const [index, text] of textsOf(left).entries()) {
      const other = others[index] ?? '';
      if (text !== other) return text < other ? -1 : 1;
    }
    return 0;
  };
}
