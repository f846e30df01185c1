import { TenancyError } from './tenancy-error.js';

/** What `If-Match` says: entity tags with their quotes, or `*`. */
export type IfMatch = '*' | readonly string[];

/** Strong entity tag of a row's version: the number in quotes. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * Passes when the thing as it was before the change is at one of the versions. What a change creates had no version before, so
 * that no entity tag matches it.
 *
 * @throws TenancyError `version-changed` with the present `etag`; `invalid` for a thing whose versions nobody counts.
 */
export function checkPrecondition(ifMatch: IfMatch, before: object | null): void {
  if (ifMatch === '*') return;
  if (before === null)
    throw new TenancyError('version-changed', 'What is to be made has no version yet.', { etag: null });
  const version = 'version' in before ? before.version : null;
  if (typeof version !== 'number') {
    throw new TenancyError('invalid', 'This has no versions. Leave If-Match out, or send *.');
  }
  const etag = entityTag(version);
  if (ifMatch.includes(etag)) return;
  throw new TenancyError('version-changed', `It is at version ${version} by now. Read it again.`, { etag });
}
