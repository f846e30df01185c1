export { type Chain, type ChainKind, type NativeCurrency, isRestKind } from './chain.js';
export { CHAINS } from './chain-list.js';
export {
  type ChainCatalogue,
  chainByAny,
  closestSlugs,
  createChainCatalogue,
  parseChainOverrides,
} from './chain-catalogue.js';
