import { TenancyError } from './tenancy-error.js';

/** Which part of a list is asked for. */
export interface PageRequest {
  /** `next` of the page before; absent: the first. */
  readonly cursor?: string | undefined;
  /** 1..200. */
  readonly limit: number;
}

/** A part of a list, oldest first. `next` is null at the end. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** The smallest UUID: a list begins after it. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The id that a cursor stands for. @throws TenancyError `invalid` for a text that is none of our cursors. */
export function afterId(cursor: string | undefined): string {
  if (cursor === undefined) return BEFORE_ALL;
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    throw new TenancyError('invalid', 'The cursor is not one that this API gave out.');
  }
  return id;
}

/** Cuts a page out of `limit + 1` rows; ids are version 7, so their order is that of creation. */
export function pageOf<T>(rows: readonly T[], limit: number, idOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, next: hasMore ? Buffer.from(idOf(last), 'latin1').toString('base64url') : null };
}
