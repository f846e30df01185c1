import { z } from 'zod';

/** An id in a path. */
export const id = z.uuid().meta({ examples: ['0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11'] });

/** Which change of a thing this is. An answer whose schema has it as `version` carries it as `ETag`, too. */
export const version = z.int().min(1).describe('Counts the changes; the ETag is this number in quotes');

/** A name that people gave. */
export const name = z.string().trim().min(1).max(120);

/** A reason that people will read. */
export const reasonBody = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .meta({ examples: ['Invoice 2026-10 is unpaid'] }),
  })
  .meta({ id: 'Reason' });

/** An instant in an answer, ISO 8601 in UTC. */
export const instant = z.iso.datetime();

/** uPOKT as digits: 64-bit amounts do not fit a JSON number. */
export const upokt = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,19})$/, 'must be a whole number of uPOKT in digits')
  .describe('uPOKT, 1 POKT = 1,000,000 uPOKT')
  .meta({ examples: ['25000000000'] });

/** POKT as a decimal string with at most six places. */
export const pokt = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,12})(\.[0-9]{1,6})?$/, 'must be a decimal number of POKT with at most 6 places')
  .describe('POKT, decimal')
  .meta({ examples: ['25000'] });

/** A page of a list. */
export const pageQuery = z.strictObject({
  cursor: z.string().max(200).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** The shape of a page of `item`. */
export function pageSchema<Item extends z.ZodType>(item: Item, componentId: string) {
  return z
    .object({ items: z.array(item), next: z.string().nullable().describe('Cursor of the next page; null at the end') })
    .meta({ id: componentId });
}

const UPOKT_PER_POKT = 1_000_000n;

/** uPOKT of a decimal POKT string that `pokt` accepted. */
export function upoktOf(text: string): bigint {
  const [whole = '0', places = ''] = text.split('.');
  return BigInt(whole) * UPOKT_PER_POKT + BigInt(places.padEnd(6, '0'));
}

/** Decimal POKT string of an amount in uPOKT, without trailing zeros. */
export function poktOf(amountUpokt: bigint): string {
  const places = String(amountUpokt % UPOKT_PER_POKT)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${amountUpokt / UPOKT_PER_POKT}${places && `.${places}`}`;
}

/** ISO text of a date, null stays null. */
export function isoOf(date: Date): string;
export function isoOf(date: Date | null): string | null;
export function isoOf(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
