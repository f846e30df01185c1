import { createHash } from 'node:crypto';
import type { LedgerGenesis } from '#libs/ledger';
import { type KeyPair, addressOf, keyPairFromSeed } from '#libs/protocol';
import type { DevnetConfig } from './config.js';

const UPOKT_PER_POKT = 1_000_000n;

/** Pays a node's own transactions, such as the one that announces a new address. */
const NODE_FEES_POKT = 10;

/** The relay chain id that Anvil (or `CHAIN_URL`) stands behind: Ethereum. */
export const ETHEREUM = '0021';

/** The keys of the nodes, derived one by one from the network's seed, so that one secret restores them all. */
export function deriveNodeKeys(seedHex: string, count: number): KeyPair[] {
  return Array.from({ length: count }, (_, index) =>
    keyPairFromSeed(createHash('sha256').update(`devnet-node/${index}/`).update(seedHex, 'hex').digest()),
  );
}

/**
 * The state before block 1: the nodes staked for every configured chain with the settler's authority, the treasury and the
 * settler funded. The same configuration and time give the same genesis.
 */
export function devnetGenesis(
  config: DevnetConfig,
  nodes: ReadonlyArray<{ readonly key: KeyPair; readonly port: number }>,
  timeMs: number,
): LedgerGenesis {
  const chains = [ETHEREUM, ...config.DEVNET_CHAINS.keys()].filter((id, at, all) => all.indexOf(id) === at).sort();
  const balances = new Map<string, bigint>();
  const fund = (addressHex: string, pokt: number): void => {
    balances.set(addressHex, (balances.get(addressHex) ?? 0n) + BigInt(pokt) * UPOKT_PER_POKT);
  };
  fund(config.TREASURY_ADDRESS, config.TREASURY_POKT);
  fund(addressOf(config.SETTLER_PUBLIC_KEY), config.SETTLER_POKT);
  for (const { key } of nodes) fund(key.addressHex, NODE_FEES_POKT);
  return {
    chainId: config.POCKET_CHAIN_ID,
    timeMs,
    parameters: { supportedBlockchains: chains },
    accounts: [...balances].map(([addressHex, balanceUpokt]) => ({ addressHex, balanceUpokt })),
    nodes: nodes.map(({ key, port }) => ({
      publicKeyHex: key.publicKeyHex,
      stakeUpokt: BigInt(config.NODE_STAKE_POKT) * UPOKT_PER_POKT,
      chains,
      serviceUrl: `http://${config.DEVNET_HOST}:${port}`,
      settlerPublicKeyHex: config.SETTLER_PUBLIC_KEY,
    })),
  };
}
