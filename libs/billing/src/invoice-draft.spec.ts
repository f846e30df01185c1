import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, roundHalfEven } from './amounts.js';
import { type BilledUsage, type InvoiceFacts, type PlanDay, draftInvoice } from './invoice-draft.js';
import { type PriceSheet, PriceSheetError, checkPriceSheet } from './price-sheet.js';
import { usageOfFeed } from './usage-of-feed.js';

const sheet: PriceSheet = {
  currency: 'USD',
  minorUnitExponent: 2,
  perRelays: 1_000,
  includedRelays: '100',
  tiers: [
    { upToRelays: '1000', price: '10' },
    { upToRelays: '5000', price: '5.5' },
    { upToRelays: null, price: '1' },
  ],
  overagePrice: '20',
};
const plan = (day: string, changes: Partial<PlanDay> = {}): PlanDay => ({
  day,
  planId: 'p',
  version: 1,
  dailyRelaysMax: null,
  prices: sheet,
  ...changes,
});
const usage = (day: string, relays: bigint, endpointId = 'e', chain = '0021'): BilledUsage => ({
  day,
  endpointId,
  chain,
  relays,
});
const facts = (changes: Partial<InvoiceFacts>): InvoiceFacts => ({
  from: '2026-11-01',
  to: '2026-11-30',
  usage: [],
  corrections: [],
  plans: [plan('2026-11-01'), plan('2026-11-02')],
  closedThrough: '2026-11-30',
  ...changes,
});
const brief = (input: InvoiceFacts) =>
  draftInvoice(input).lines.map(({ kind, tier, relays, amount }) => [kind, tier, relays, amount]);

describe('an invoice draft', () => {
  it('gives each relay the price of its own tier, at every edge', () => {
    expect(brief(facts({ usage: [usage('2026-11-01', 100n)] }))).toEqual([['included', null, '100', '0.00']]);
    expect(brief(facts({ usage: [usage('2026-11-01', 1_100n)] }))).toEqual([
      ['included', null, '100', '0.00'],
      ['relays', 1, '1000', '10.00'],
    ]);
    expect(brief(facts({ usage: [usage('2026-11-01', 1_101n), usage('2026-11-02', 4_000n)] }))).toEqual([
      ['included', null, '100', '0.00'],
      ['relays', 1, '1000', '10.00'],
      ['relays', 2, '4000', '22.00'],
      ['relays', 3, '1', '0.00'],
    ]);
  });

  it('prices what is beyond the daily cap apart, and day by day', () => {
    const plans = [plan('2026-11-01', { dailyRelaysMax: 150 }), plan('2026-11-02', { dailyRelaysMax: 150 })];
    const draft = facts({ plans, usage: [usage('2026-11-01', 250n), usage('2026-11-02', 150n)] });
    expect(brief(draft)).toEqual([
      ['included', null, '100', '0.00'],
      ['relays', 1, '200', '2.00'],
      ['overage', null, '100', '2.00'],
    ]);
  });

  it('names what a correction corrects, and prices it by the sheet of that day', () => {
    const old = plan('2026-10-31', {
      planId: 'old',
      prices: { ...sheet, includedRelays: '0', tiers: [{ upToRelays: null, price: '1000' }] },
    });
    const correction = { corrects: '2026-10-31', recordedOn: '2026-11-02', endpointId: 'e', chain: '0021', relays: 3n };
    const { lines } = draftInvoice(facts({ plans: [old], corrections: [correction] }));
    expect(lines).toMatchObject([
      {
        kind: 'correction',
        corrects: '2026-10-31',
        recordedOn: '2026-11-02',
        planId: 'old',
        relays: '3',
        amount: '3.00',
      },
    ]);
  });

  it('is final only when all of its days are', () => {
    expect(draftInvoice(facts({})).state).toBe('final');
    expect(draftInvoice(facts({ closedThrough: '2026-11-29' })).state).toBe('provisional');
    expect(draftInvoice(facts({ closedThrough: null })).state).toBe('provisional');
  });

  it('says what no plan prices, and keeps currencies apart', () => {
    const plans = [
      plan('2026-11-01', { prices: null }),
      plan('2026-11-02', { prices: { ...sheet, currency: 'JPY', minorUnitExponent: 0 } }),
    ];
    const draft = draftInvoice(facts({ plans, usage: [usage('2026-11-01', 150n), usage('2026-11-02', 150n)] }));
    expect(draft.lines.map(({ kind, currency, relays }) => [kind, currency, relays])).toEqual([
      ['relays', 'JPY', '150'],
      ['unpriced', null, '150'],
    ]);
    expect(draft.totals).toEqual([{ currency: 'JPY', minorUnitExponent: 0, amountMinor: '2', amount: '2' }]);
  });
});

describe('rounding', () => {
  it('rounds halves to even', () => {
    expect([5n, 15n, 25n, 24n, 26n].map((value) => roundHalfEven(value, 10n))).toEqual([0n, 2n, 2n, 2n, 3n]);
  });

  it('lets parts add up to the rounded whole, each within one unit of its exact value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 30n }), { minLength: 1 }),
        fc.bigInt({ min: 1n, max: 10n ** 18n }),
        (exact, unit) => {
          const total = roundHalfEven(
            exact.reduce((sum, value) => sum + value, 0n),
            unit,
          );
          const parts = apportion(exact, unit, total);
          expect(parts.reduce((sum, value) => sum + value, 0n)).toBe(total);
          parts.forEach((part, index) => {
            expect(part * unit - exact[index]!).toBeLessThan(unit);
            expect(exact[index]! - part * unit).toBeLessThan(unit);
          });
        },
      ),
    );
  });
});

const rows = fc.array(
  fc.record({
    day: fc.constantFrom('2026-11-01', '2026-11-02'),
    endpointId: fc.constantFrom('a', 'b', 'c'),
    chain: fc.constantFrom('0009', '0021'),
    relays: fc.bigInt({ min: 0n, max: 10_000_000n }),
  }),
);
const price = fc
  .tuple(fc.nat({ max: 99 }), fc.nat({ max: 999_999_999 }))
  .map(([whole, places]) => `${whole}.${String(places).padStart(12, '0')}`);
const sheets = fc
  .record({
    bounds: fc.uniqueArray(fc.integer({ min: 1, max: 20_000_000 }), { maxLength: 4 }),
    prices: fc.array(price, { minLength: 5, maxLength: 5 }),
  })
  .map(({ bounds, prices }): PriceSheet => {
    const rising = bounds.toSorted((one, other) => one - other).map(String);
    const tiers = [...rising, null].map((upToRelays, index) => ({ upToRelays, price: prices[index]! }));
    return { ...sheet, tiers, overagePrice: prices[4]! };
  });

describe('for any usage and any sheet', () => {
  it('no relay is lost or billed twice, lines add up to totals, and the order of rows means nothing', () => {
    fc.assert(
      fc.property(rows, sheets, fc.option(fc.nat({ max: 5_000_000 })), fc.nat(), (list, prices, cap, seed) => {
        checkPriceSheet(prices);
        const plans = ['2026-11-01', '2026-11-02'].map((day) => plan(day, { prices, dailyRelaysMax: cap }));
        const draft = draftInvoice(facts({ plans, usage: list }));
        const relays = list.reduce((sum, row) => sum + row.relays, 0n);
        expect(draft.lines.reduce((sum, line) => sum + BigInt(line.relays), 0n)).toBe(relays);
        for (const total of draft.totals) {
          const minor = draft.lines
            .filter((line) => line.currency === total.currency)
            .map((line) => BigInt(line.amountMinor));
          expect(minor.reduce((sum, amount) => sum + amount, 0n)).toBe(BigInt(total.amountMinor));
        }
        const turned = [
          ...list.slice(seed % (list.length + 1)),
          ...list.slice(0, seed % (list.length + 1)),
        ].toReversed();
        expect(draftInvoice(facts({ plans, usage: turned }))).toEqual(draft);
      }),
      { numRuns: 200 },
    );
  });

  it('a feed replayed, in any order and with repeats, gives the same draft', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (list, seed) => {
        const events = list.map((row, index) => ({
          id: `event-${index}`,
          type: 'network.pokt.usage.recorded.v1',
          data: { ...row, tenantId: 't', billableRelays: String(row.relays) },
        }));
        const cut = seed % (events.length + 1);
        const replayed = usageOfFeed([...events.slice(cut), ...events, ...events.slice(0, cut).toReversed()], 't');
        expect(draftInvoice(facts({ usage: replayed.usage }))).toEqual(draftInvoice(facts({ usage: list })));
      }),
    );
  });
});

describe('a price sheet', () => {
  it.each([
    [{ currency: 'usd' }, 'currency'],
    [{ minorUnitExponent: 9 }, 'minorUnitExponent'],
    [{ perRelays: 10 as 1_000 }, 'perRelays'],
    [{ includedRelays: '-1' }, 'includedRelays'],
    [{ overagePrice: '1e3' }, 'overagePrice'],
    [{ tiers: [] }, 'tiers'],
    [{ tiers: [{ upToRelays: '5', price: '1' }] }, 'tiers.0.upToRelays'],
    [{ tiers: [{ upToRelays: null, price: '1.0000000000001' }] }, 'tiers.0.price'],
    [
      {
        tiers: [
          { upToRelays: '5', price: '1' },
          { upToRelays: '5', price: '1' },
          { upToRelays: null, price: '1' },
        ],
      },
      'tiers.1.upToRelays',
    ],
  ])('is refused when it cannot mean anything: %j', (changes, field) => {
    expect(() => checkPriceSheet({ ...sheet, ...changes })).toThrow(PriceSheetError);
    expect(() => checkPriceSheet({ ...sheet, ...changes })).toThrow(field);
  });
});
