import { type Chain, type ChainKind, type NativeCurrency, syncAllowanceOf } from './chain.js';

const coin = (name: string, symbol: string, decimals = 18): NativeCurrency => ({ name, symbol, decimals });
const ETHER = coin('Ether', 'ETH');

interface Options {
  readonly aliases?: readonly string[];
  readonly explorer?: string;
  readonly flavour?: Chain['flavour'];
}

function chain(
  kind: ChainKind,
  id: string,
  slug: string,
  name: string,
  evmChainId: number | null,
  blockTimeMs: number,
  nativeCurrency: NativeCurrency,
  options: Options = {},
): Chain {
  return {
    id,
    slug,
    aliases: options.aliases ?? [],
    name,
    kind,
    evmChainId,
    blockTimeMs,
    syncAllowanceBlocks: syncAllowanceOf(blockTimeMs),
    nativeCurrency,
    explorer: options.explorer ?? null,
    flavour: options.flavour ?? 'plain',
  };
}

const evm = (
  id: string,
  slug: string,
  name: string,
  evmChainId: number,
  blockTimeMs: number,
  nativeCurrency: NativeCurrency,
  options?: Options,
) => chain('evm', id, slug, name, evmChainId, blockTimeMs, nativeCurrency, options);

const POL = coin('POL', 'POL');
const AVAX = coin('Avalanche', 'AVAX');
const BNB = coin('BNB', 'BNB');
const XDAI = coin('xDAI', 'XDAI');
const FUSE = coin('Fuse', 'FUSE');
const ONE = coin('ONE', 'ONE');

/**
 * Relay chains by the ids that Pocket's governance gave them. The plain flavour of a network stands before its
 * others; block times are typical values that allowances are derived from, not promises.
 */
export const CHAINS: readonly Chain[] = [
  chain('pocket', '0001', 'pocket', 'Pocket', null, 900_000, coin('POKT', 'POKT', 6), {
    aliases: ['pokt', 'pocket-mainnet'],
  }),
  chain('bitcoin', '0002', 'bitcoin', 'Bitcoin', null, 600_000, coin('Bitcoin', 'BTC', 8), {
    aliases: ['btc', 'bitcoin-mainnet'],
    explorer: 'https://mempool.space',
  }),
  evm('0003', 'avax-mainnet', 'Avalanche C-Chain', 43114, 2_000, AVAX, {
    aliases: ['avalanche', 'avax'],
    explorer: 'https://snowtrace.io',
  }),
  evm('0004', 'bsc-mainnet', 'BNB Smart Chain', 56, 3_000, BNB, {
    aliases: ['bsc', 'bnb'],
    explorer: 'https://bscscan.com',
  }),
  evm('0005', 'fuse-mainnet', 'Fuse', 122, 5_000, FUSE, { aliases: ['fuse'], explorer: 'https://explorer.fuse.io' }),
  chain('solana', '0006', 'solana-mainnet', 'Solana', null, 400, coin('Solana', 'SOL', 9), {
    aliases: ['solana', 'sol'],
    explorer: 'https://explorer.solana.com',
  }),
  evm('0009', 'poly-mainnet', 'Polygon PoS', 137, 2_000, POL, {
    aliases: ['polygon', 'polygon-mainnet', 'matic'],
    explorer: 'https://polygonscan.com',
  }),
  evm('000A', 'fuse-archival', 'Fuse (archival)', 122, 5_000, FUSE, { flavour: 'archival' }),
  evm('000B', 'poly-archival', 'Polygon PoS (archival)', 137, 2_000, POL, {
    aliases: ['polygon-archival'],
    flavour: 'archival',
  }),
  evm('0010', 'bsc-archival', 'BNB Smart Chain (archival)', 56, 3_000, BNB, { flavour: 'archival' }),
  evm('0011', 'bsc-testnet', 'BNB Smart Chain Testnet', 97, 3_000, coin('Test BNB', 'tBNB')),
  evm('000E', 'avax-fuji', 'Avalanche Fuji', 43113, 2_000, AVAX, { aliases: ['fuji'] }),
  evm('0021', 'eth-mainnet', 'Ethereum', 1, 12_000, ETHER, {
    aliases: ['eth', 'ethereum', 'ethereum-mainnet', 'mainnet'],
    explorer: 'https://etherscan.io',
  }),
  evm('0022', 'eth-archival', 'Ethereum (archival)', 1, 12_000, ETHER, {
    aliases: ['ethereum-archival'],
    explorer: 'https://etherscan.io',
    flavour: 'archival',
  }),
  evm('0028', 'eth-trace', 'Ethereum (archival, trace)', 1, 12_000, ETHER, {
    aliases: ['eth-archival-trace'],
    explorer: 'https://etherscan.io',
    flavour: 'archival-trace',
  }),
  evm('0062', 'eth-high-gas', 'Ethereum (high gas)', 1, 12_000, ETHER, { flavour: 'high-gas' }),
  evm('0026', 'eth-goerli', 'Goerli', 5, 12_000, ETHER, { aliases: ['goerli'] }),
  evm('0027', 'gnosis-mainnet', 'Gnosis', 100, 5_000, XDAI, {
    aliases: ['gnosis', 'xdai'],
    explorer: 'https://gnosisscan.io',
  }),
  evm('000C', 'gnosis-archival', 'Gnosis (archival)', 100, 5_000, XDAI, { flavour: 'archival' }),
  chain('algorand', '0029', 'algorand-mainnet', 'Algorand', null, 3_300, coin('Algo', 'ALGO', 6), {
    aliases: ['algorand'],
  }),
  chain('arweave', '0030', 'arweave-mainnet', 'Arweave', null, 120_000, coin('AR', 'AR', 12), { aliases: ['arweave'] }),
  evm('0040', 'harmony-0', 'Harmony Shard 0', 1666600000, 2_000, ONE, {
    aliases: ['harmony'],
    explorer: 'https://explorer.harmony.one',
  }),
  evm('0044', 'iotex-mainnet', 'IoTeX', 4689, 5_000, coin('IoTeX', 'IOTX'), {
    aliases: ['iotex'],
    explorer: 'https://iotexscan.io',
  }),
  evm('0046', 'evmos-mainnet', 'Evmos', 9001, 2_000, coin('Evmos', 'EVMOS'), { aliases: ['evmos'] }),
  evm('0047', 'okc-mainnet', 'OKC', 66, 4_000, coin('OKT', 'OKT'), { aliases: ['okc'] }),
  evm('0048', 'boba-mainnet', 'Boba', 288, 2_000, ETHER, { aliases: ['boba'] }),
  evm('0049', 'fantom-mainnet', 'Fantom Opera', 250, 1_000, coin('Fantom', 'FTM'), {
    aliases: ['fantom', 'ftm'],
    explorer: 'https://ftmscan.com',
  }),
  evm('0050', 'moonbeam-mainnet', 'Moonbeam', 1284, 6_000, coin('Glimmer', 'GLMR'), {
    aliases: ['moonbeam'],
    explorer: 'https://moonscan.io',
  }),
  evm('0051', 'moonriver-mainnet', 'Moonriver', 1285, 6_000, coin('Moonriver', 'MOVR'), {
    aliases: ['moonriver'],
    explorer: 'https://moonriver.moonscan.io',
  }),
  chain('near', '0052', 'near-mainnet', 'NEAR', null, 1_100, coin('NEAR', 'NEAR', 24), { aliases: ['near'] }),
  evm('0053', 'optimism-mainnet', 'OP Mainnet', 10, 2_000, ETHER, {
    aliases: ['optimism', 'op', 'op-mainnet'],
    explorer: 'https://optimistic.etherscan.io',
  }),
  evm('A053', 'optimism-archival', 'OP Mainnet (archival)', 10, 2_000, ETHER, { flavour: 'archival' }),
  chain('cosmos', '0054', 'osmosis-mainnet', 'Osmosis', null, 1_500, coin('Osmosis', 'OSMO', 6), {
    aliases: ['osmosis'],
  }),
  evm('0056', 'klaytn-mainnet', 'Kaia (Klaytn)', 8217, 1_000, coin('KAIA', 'KAIA'), { aliases: ['klaytn', 'kaia'] }),
  evm('0057', 'meter-mainnet', 'Meter', 82, 2_000, coin('Meter', 'MTR'), { aliases: ['meter'] }),
  evm('0058', 'metis-mainnet', 'Metis Andromeda', 1088, 4_000, coin('Metis', 'METIS'), { aliases: ['metis'] }),
  evm('0059', 'dogechain-mainnet', 'Dogechain', 2000, 2_000, coin('Dogecoin', 'DOGE'), { aliases: ['dogechain'] }),
  chain('starknet', '0060', 'starknet-mainnet', 'Starknet', null, 30_000, ETHER, { aliases: ['starknet'] }),
  evm('0065', 'celo-mainnet', 'Celo', 42220, 1_000, coin('Celo', 'CELO'), {
    aliases: ['celo'],
    explorer: 'https://celoscan.io',
  }),
  evm('0066', 'arbitrum-one', 'Arbitrum One', 42161, 250, ETHER, {
    aliases: ['arbitrum', 'arb', 'arb-mainnet'],
    explorer: 'https://arbiscan.io',
  }),
  evm('0067', 'velas-mainnet', 'Velas', 106, 400, coin('Velas', 'VLX'), { aliases: ['velas'] }),
  evm('0070', 'oasys-mainnet', 'Oasys', 248, 15_000, coin('Oasys', 'OAS'), { aliases: ['oasys'] }),
  evm('0071', 'kava-mainnet', 'Kava EVM', 2222, 6_500, coin('Kava', 'KAVA'), { aliases: ['kava'] }),
  evm('0074', 'polygon-zkevm-mainnet', 'Polygon zkEVM', 1101, 3_000, ETHER, {
    aliases: ['polygon-zkevm', 'zkevm'],
    explorer: 'https://zkevm.polygonscan.com',
  }),
  chain('sui', '0076', 'sui-mainnet', 'Sui', null, 500, coin('Sui', 'SUI', 9), { aliases: ['sui'] }),
  evm('0077', 'eth-sepolia', 'Sepolia', 11155111, 12_000, ETHER, {
    aliases: ['sepolia'],
    explorer: 'https://sepolia.etherscan.io',
  }),
  evm('0078', 'eth-sepolia-archival', 'Sepolia (archival)', 11155111, 12_000, ETHER, { flavour: 'archival' }),
  evm('0079', 'base-mainnet', 'Base', 8453, 2_000, ETHER, { aliases: ['base'], explorer: 'https://basescan.org' }),
  evm('0081', 'eth-holesky', 'Holesky', 17000, 12_000, ETHER, { aliases: ['holesky'] }),
  evm('0082', 'scroll-mainnet', 'Scroll', 534352, 3_000, ETHER, {
    aliases: ['scroll'],
    explorer: 'https://scrollscan.com',
  }),
  chain('radix', '0083', 'radix-mainnet', 'Radix', null, 1_000, coin('Radix', 'XRD'), { aliases: ['radix'] }),
  evm('00A3', 'avax-archival', 'Avalanche C-Chain (archival)', 43114, 2_000, AVAX, { flavour: 'archival' }),
  evm('03DF', 'avax-dfk', 'DFK Chain', 53935, 2_000, coin('Jewel', 'JEWEL'), { aliases: ['dfk'] }),
  evm('F008', 'blast-mainnet', 'Blast', 81457, 2_000, ETHER, { aliases: ['blast'], explorer: 'https://blastscan.io' }),
  evm('F011', 'fraxtal-mainnet', 'Fraxtal', 252, 2_000, coin('Frax Ether', 'frxETH'), { aliases: ['fraxtal'] }),
  evm('F01F', 'opbnb-mainnet', 'opBNB', 204, 1_000, BNB, { aliases: ['opbnb'] }),
  evm('F022', 'poly-amoy', 'Polygon Amoy', 80002, 2_000, POL, { aliases: ['amoy'] }),
  evm('F027', 'taiko-mainnet', 'Taiko', 167000, 6_000, ETHER, { aliases: ['taiko'] }),
  evm('F02B', 'zksync-era', 'ZKsync Era', 324, 1_000, ETHER, {
    aliases: ['zksync', 'zksync-mainnet'],
    explorer: 'https://explorer.zksync.io',
  }),
  evm('F02D', 'sonic-mainnet', 'Sonic', 146, 1_000, coin('Sonic', 'S'), { aliases: ['sonic'] }),
  chain('tron', 'F02E', 'tron-mainnet', 'TRON', null, 3_000, coin('TRON', 'TRX', 6), { aliases: ['tron'] }),
  evm('F030', 'linea-mainnet', 'Linea', 59144, 2_000, ETHER, {
    aliases: ['linea'],
    explorer: 'https://lineascan.build',
  }),
  evm('F032', 'ink-mainnet', 'Ink', 57073, 1_000, ETHER, { aliases: ['ink'] }),
  evm('F033', 'mantle-mainnet', 'Mantle', 5000, 2_000, coin('Mantle', 'MNT'), { aliases: ['mantle'] }),
  evm('F034', 'sei-mainnet', 'Sei', 1329, 400, coin('Sei', 'SEI'), { aliases: ['sei'] }),
  evm('F035', 'berachain-mainnet', 'Berachain', 80094, 2_000, coin('Bera', 'BERA'), { aliases: ['berachain'] }),
];
