import { chainByAny, closestSlugs } from '#libs/chains';
import { TenancyError } from './tenancy-error.js';

/**
 * Relay chain ids for names as people write them (slug, alias, EVM chain id, relay chain id), without repeats, in order.
 * Four hex digits that the catalogue does not know pass: the network adds chains faster than catalogues do.
 *
 * @throws TenancyError `chain-unknown` naming the closest slugs.
 */
export function relayChainIds(names: readonly string[]): string[] {
  const ids = names.map((name) => {
    const id = chainByAny(name)?.id ?? (/^[0-9A-Fa-f]{4}$/.test(name) ? name : undefined);
    if (id !== undefined) return id;
    const closest = closestSlugs(name);
    throw new TenancyError('chain-unknown', `There is no chain called "${name}". Close: ${closest.join(', ')}.`, {
      chain: name,
      closest,
    });
  });
  return [...new Set(ids)];
}
