/** A price for relays up to a count of the period. */
export interface PriceTier {
  /** Last relay of the period that it prices, counted after the included ones, in digits; null: all further ones. */
  readonly upToRelays: string | null;
  /** Decimal, per `perRelays`. */
  readonly price: string;
}

/** What relays cost. Prices are decimal strings with at most 12 places, counts are digits. */
export interface PriceSheet {
  /** ISO 4217, or any code of 3 to 8 capitals. */
  readonly currency: string;
  /** Decimal places of the currency's smallest unit, 0..8. */
  readonly minorUnitExponent: number;
  /** Relays that a price is for. */
  readonly perRelays: 1_000 | 1_000_000;
  /** Relays of each period that cost nothing, in digits. */
  readonly includedRelays: string;
  /** Graduated: each relay costs what its own tier says. Bounds rise, the last has none. */
  readonly tiers: readonly PriceTier[];
  /** Decimal, per `perRelays`, for relays beyond the plan's daily cap; null: they cost what others cost. */
  readonly overagePrice: string | null;
}

/** A price sheet that cannot mean anything; the message names the field. */
export class PriceSheetError extends Error {
  override readonly name = 'PriceSheetError';
}

/** Decimal places of the finest price. */
export const PRICE_PLACES = 12;

const PRICE = /^(0|[1-9][0-9]{0,11})(\.[0-9]{1,12})?$/;
const COUNT = /^(0|[1-9][0-9]{0,17})$/;

/** The sheet itself. @throws PriceSheetError */
export function checkPriceSheet(sheet: PriceSheet): PriceSheet {
  const refuse = (text: string): never => {
    throw new PriceSheetError(text);
  };
  if (!/^[A-Z]{3,8}$/.test(sheet.currency)) refuse('currency: 3 to 8 capitals, as USD.');
  if (!Number.isInteger(sheet.minorUnitExponent) || sheet.minorUnitExponent < 0 || sheet.minorUnitExponent > 8) {
    refuse('minorUnitExponent: 0 to 8.');
  }
  if (sheet.perRelays !== 1_000 && sheet.perRelays !== 1_000_000) refuse('perRelays: 1000 or 1000000.');
  if (!COUNT.test(sheet.includedRelays)) refuse('includedRelays: digits.');
  if (sheet.overagePrice !== null && !PRICE.test(sheet.overagePrice))
    refuse('overagePrice: a decimal with at most 12 places.');
  if (sheet.tiers.length === 0) refuse('tiers: at least one.');
  let above = 0n;
  sheet.tiers.forEach(({ upToRelays, price }, index) => {
    if (!PRICE.test(price)) refuse(`tiers.${index}.price: a decimal with at most 12 places.`);
    const isLast = index === sheet.tiers.length - 1;
    if ((upToRelays === null) !== isLast)
      refuse(`tiers.${index}.upToRelays: the last tier has none, every other has one.`);
    if (upToRelays === null) return;
    if (!COUNT.test(upToRelays) || BigInt(upToRelays) <= above)
      refuse(`tiers.${index}.upToRelays: digits, and more than before.`);
    above = BigInt(upToRelays);
  });
  return sheet;
}

/** A price in units of 10^-{@link PRICE_PLACES}. */
export function priceUnits(price: string): bigint {
  const [whole = '0', places = ''] = price.split('.');
  return BigInt(whole + places.padEnd(PRICE_PLACES, '0'));
}
