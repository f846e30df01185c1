import type { Chain } from './chain.js';
import { CHAINS } from './chain-list.js';

/** The catalogue of one deployment. */
export interface ChainCatalogue {
  readonly all: readonly Chain[];
  /**
   * The chain that a caller's text names: a slug, an alias, a Pocket relay chain id or a decimal EVM chain id, in any
   * case. A Pocket id wins over a decimal id of the same text. Undefined when nothing matches.
   */
  chainByAny(text: string): Chain | undefined;
  /** Up to `count` slugs nearest to `text` by edit distance over slugs and aliases, nearest first. */
  closestSlugs(text: string, count?: number): readonly string[];
}

/** Text longer than this is nobody's chain name; it bounds the edit distance's work. */
const NAME_CHARS_MAX = 64;

/**
 * Builds a catalogue.
 *
 * @param evmChainIds Pocket id → EVM chain id that this deployment's nodes really serve, e.g. a local network whose
 *   `0021` is Anvil with chain id 31337. The overridden chain answers to both decimal ids.
 * @throws RangeError when an override names a chain that is unknown or not EVM.
 */
export function createChainCatalogue(evmChainIds: ReadonlyMap<string, number> = new Map()): ChainCatalogue {
  const byName = new Map<string, Chain>();
  const byId = new Map<string, Chain>();
  const byEvmId = new Map<string, Chain>();
  for (const [id] of evmChainIds) {
    if (!CHAINS.some((chain) => chain.id === id && chain.evmChainId !== null)) {
      throw new RangeError(`chain override ${id}: no EVM chain of the catalogue has this id`);
    }
  }
  const all = CHAINS.map((chain): Chain => {
    const override = evmChainIds.get(chain.id);
    return override === undefined ? chain : { ...chain, evmChainId: override, explorer: null };
  });
  all.forEach((chain, index) => {
    byId.set(chain.id.toLowerCase(), chain);
    byName.set(chain.slug, chain);
    for (const alias of chain.aliases) byName.set(alias, chain);
    for (const evmId of [chain.evmChainId, CHAINS[index]?.evmChainId ?? null]) {
      if (evmId !== null && !byEvmId.has(String(evmId))) byEvmId.set(String(evmId), chain);
    }
  });
  return {
    all,
    chainByAny(text) {
      if (text.length > NAME_CHARS_MAX) return undefined;
      const name = text.toLowerCase();
      return byName.get(name) ?? byId.get(name) ?? byEvmId.get(name);
    },
    closestSlugs(text, count = 3) {
      const name = text.slice(0, NAME_CHARS_MAX).toLowerCase();
      const ranked = all.map((chain) => ({
        slug: chain.slug,
        distance: Math.min(...[chain.slug, ...chain.aliases].map((candidate) => nameDistance(name, candidate))),
      }));
      ranked.sort((a, b) => a.distance - b.distance || (a.slug < b.slug ? -1 : 1));
      return ranked.slice(0, count).map((entry) => entry.slug);
    },
  };
}

/** Edit distance, with names that start alike drawn nearer: a truncated name is the commonest slip. */
function nameDistance(a: string, b: string): number {
  const distance = editDistance(a, b);
  return a.length >= 3 && (b.startsWith(a) || a.startsWith(b)) ? Math.min(distance, 1) : distance;
}

/** Levenshtein distance in O(a·b) time and O(b) space. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

const stock = createChainCatalogue();

/** {@link ChainCatalogue.chainByAny} of the catalogue without overrides. */
export const chainByAny = (text: string): Chain | undefined => stock.chainByAny(text);

/** {@link ChainCatalogue.closestSlugs} of the catalogue without overrides. */
export const closestSlugs = (text: string, count?: number): readonly string[] => stock.closestSlugs(text, count);

/**
 * Parses `0021=31337,0009=80002`.
 *
 * @throws RangeError naming the entry that has another form.
 */
export function parseChainOverrides(text: string): ReadonlyMap<string, number> {
  const overrides = new Map<string, number>();
  for (const entry of text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const match = /^([0-9a-fA-F]{4})=([1-9][0-9]{0,14})$/.exec(entry);
    if (match?.[1] === undefined || match[2] === undefined) {
      throw new RangeError(`chain override ${entry}: expected <Pocket id>=<EVM chain id>, for example 0021=31337`);
    }
    overrides.set(match[1].toUpperCase(), Number(match[2]));
  }
  return overrides;
}
