import { addressOf } from '#libs/protocol';
import type { GenesisRow } from '../store/chain-store.js';
import type { LedgerGenesis, LedgerParameters } from '../types.js';
import { sha256Upper } from './block-header.js';
import { BlockContext } from './block-context.js';
import { type Posting, accounts } from './books.js';
import { ChainState } from './chain-state.js';
import { stateHashOf } from './execute-block.js';
import { History } from './history.js';
import { DEFAULT_EXTENSIONS, LOCALNET_PARAMETERS, textsOfParameters } from './parameters.js';

/** The genesis as text, canonical: the same content gives the same digest. */
function canonical(genesis: LedgerGenesis): string {
  return JSON.stringify(genesis, (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Identity of a genesis; the time is left out, so that a restart with a fresh clock finds its chain again. */
export function genesisDigest(genesis: LedgerGenesis): string {
  return sha256Upper(canonical({ ...genesis, timeMs: 0 }));
}

/** The state before block 1, all of it issued in one balanced entry. Throws `RangeError` for a genesis that contradicts itself. */
export function genesisRow(genesis: LedgerGenesis): GenesisRow {
  const state = new ChainState([], []);
  const parameters: LedgerParameters = {
    ...LOCALNET_PARAMETERS,
    ...genesis.parameters,
    extensions: { ...DEFAULT_EXTENSIONS, ...genesis.extensions },
  };
  for (const [key, text] of textsOfParameters(parameters)) state.parameters.set(key, { text });
  const issued: Posting[] = genesis.accounts.map(({ addressHex, balanceUpokt }) => ({
    account: accounts.of(requireAddress(addressHex)),
    amountUpokt: requireAmount(balanceUpokt),
  }));
  if (genesis.daoUpokt !== undefined)
    issued.push({ account: accounts.dao, amountUpokt: requireAmount(genesis.daoUpokt) });
  for (const node of genesis.nodes) {
    const address = addressOf(node.publicKeyHex);
    if (state.nodes.has(address)) throw new RangeError(`genesis stakes node ${address} twice`);
    issued.push({ account: accounts.node(address), amountUpokt: requireAmount(node.stakeUpokt) });
    state.nodes.set(address, {
      publicKeyHex: node.publicKeyHex,
      chains: node.chains,
      serviceUrl: node.serviceUrl,
      stakedUpokt: node.stakeUpokt,
      status: 2,
      jailed: false,
      jailedSinceHeight: null,
      jailedUntilMs: null,
      leaving: false,
      unstakingAtMs: null,
      outputAddressHex: node.outputAddressHex ?? '',
      rewardDelegators: node.rewardDelegators ?? null,
      settlerPublicKeyHex: node.settlerPublicKeyHex ?? null,
    });
  }
  const applications = genesis.applications ?? [];
  for (const { publicKeyHex, stakeUpokt } of applications) {
    issued.push({ account: accounts.application(addressOf(publicKeyHex)), amountUpokt: requireAmount(stakeUpokt) });
  }
  const supplyUpokt = issued.reduce((sum, { amountUpokt }) => sum + amountUpokt, 0n);
  state.books.post('genesis', [{ account: accounts.issuance, amountUpokt: -supplyUpokt }, ...issued]);
  const context = new BlockContext(state, new History(NOTHING_BEFORE), 0, genesis.timeMs, genesis.chainId);
  for (const application of applications) {
    const address = addressOf(application.publicKeyHex);
    if (state.applications.has(address)) throw new RangeError(`genesis stakes application ${address} twice`);
    state.applications.set(address, {
      publicKeyHex: application.publicKeyHex,
      chains: application.chains,
      stakedUpokt: application.stakeUpokt,
      backedUpokt: 0n,
      maxRelays: context.maxRelaysOf(application.stakeUpokt),
      status: 2,
      jailed: false,
      unstakingAtMs: null,
    });
  }
  const changes = state.takeChanges();
  return {
    chainId: genesis.chainId,
    digest: genesisDigest(genesis),
    timeMs: genesis.timeMs,
    stateHash: stateHashOf(genesis.chainId, changes),
    supplyUpokt,
    changes,
  };
}

/** Genesis has no past to read. */
const NOTHING_BEFORE = {
  recordAt: () => Promise.resolve(null),
  recordsAt: () => Promise.resolve([]),
  blockAt: () => Promise.resolve(null),
  included: () => Promise.resolve(new Set<string>()),
};

function requireAddress(addressHex: string): string {
  if (!/^[0-9a-f]{40}$/.test(addressHex)) throw new RangeError(`genesis names the account ${addressHex}`);
  return addressHex;
}

function requireAmount(amountUpokt: bigint): bigint {
  if (amountUpokt < 0n || amountUpokt >= 2n ** 63n) throw new RangeError(`genesis issues ${amountUpokt} uPOKT`);
  return amountUpokt;
}
