import { createHash } from 'node:crypto';
import { EmbeddedLedger } from '#libs/ledger';
import { type KeyPair, keyPairFromSeed } from '#libs/protocol';
import type { DataSource } from 'typeorm';

/** Chain id of the ledger. */
export const CHAIN_ID = 'localnet';

/** Relay chain of the session. */
export const CHAIN = '0021';

/** Height at which the session begins. */
export const SESSION_HEIGHT = 1;

/** Nodes of a session, as on the devnet. */
export const NODES = 24;

const POKT = 1_000_000n;

/** The same keys in every process of a run. */
export function keyOf(name: string): KeyPair {
  return keyPairFromSeed(createHash('sha256').update(`settle-bench ${name}`).digest());
}

/** Keys of the session's nodes. */
export function nodeKeys(): KeyPair[] {
  return Array.from({ length: NODES }, (_, index) => keyOf(`node ${index}`));
}

/** The devnet's ledger with 24 nodes and one application whose stake allows some hundred thousand relays a node and session. */
export async function openLedger(dataSource: DataSource): Promise<EmbeddedLedger> {
  const settler = keyOf('settler');
  const ledger = new EmbeddedLedger({ dataSource });
  await ledger.initialize({
    chainId: CHAIN_ID,
    timeMs: 1_795_000_000_000,
    parameters: { supportedBlockchains: [CHAIN], sessionNodeCount: NODES },
    accounts: [{ addressHex: settler.addressHex, balanceUpokt: 1_000n * POKT }],
    nodes: nodeKeys().map((node, index) => ({
      publicKeyHex: node.publicKeyHex,
      stakeUpokt: 15_000n * POKT,
      chains: [CHAIN],
      serviceUrl: `http://127.0.0.1:${4_310 + index}`,
      settlerPublicKeyHex: settler.publicKeyHex,
    })),
    applications: [
      { publicKeyHex: keyOf('application').publicKeyHex, stakeUpokt: 500_000_000n * POKT, chains: [CHAIN] },
    ],
  });
  return ledger;
}
