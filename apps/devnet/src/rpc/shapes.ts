import type { LedgerApplication, LedgerClaim, LedgerNode, LedgerSupply, LedgerTransaction } from '#libs/ledger';
import { dispatchNode } from '../node/network-view.js';
import type { RpcValue } from './rpc-json.js';

/** `/v1/query/app`. */
export function applicationShape(application: LedgerApplication): RpcValue {
  return {
    address: application.addressHex,
    chains: application.chains,
    jailed: application.jailed,
    max_relays: application.maxRelays.toString(),
    public_key: application.publicKeyHex,
    staked_tokens: application.stakedUpokt.toString(),
    status: application.status,
    unstaking_time: application.unstakingTime,
  };
}

/** `/v1/query/node`; `settler_public_key` is this ledger's extension and absent where a node names none. */
export function nodeShape(node: LedgerNode): RpcValue {
  const { reward_delegators, ...record } = dispatchNode(node);
  return {
    ...record,
    reward_delegators: reward_delegators ?? null,
    ...(node.settlerPublicKeyHex === null ? {} : { settler_public_key: node.settlerPublicKeyHex }),
  };
}

/** One claim of `/v1/query/nodeclaims`; the range bounds lose precision on the wire, as they do from a stock node. */
export function claimShape(claim: LedgerClaim): RpcValue {
  return {
    evidence_type: claim.evidenceType,
    expiration_height: claim.expirationHeight,
    from_address: claim.fromAddressHex,
    header: {
      app_public_key: claim.header.app_public_key,
      chain: claim.header.chain,
      session_height: claim.header.session_height,
    },
    merkle_root: {
      merkleHash: claim.merkleRoot.hash.toString('base64'),
      range: { lower: claim.merkleRoot.lower, upper: claim.merkleRoot.upper },
    },
    total_proofs: claim.totalProofs,
  };
}

/** `/v1/query/supply`. */
export function supplyShape(supply: LedgerSupply): RpcValue {
  return {
    app_staked: supply.appStakedUpokt.toString(),
    dao: supply.daoUpokt.toString(),
    node_staked: supply.nodeStakedUpokt.toString(),
    total: supply.totalUpokt.toString(),
    total_staked: supply.totalStakedUpokt.toString(),
    total_unstaked: supply.totalUnstakedUpokt.toString(),
  };
}

/** `/v1/query/tx` and the items of the lists of transactions. */
export function transactionShape(transaction: LedgerTransaction, stdTx: RpcValue): RpcValue {
  return {
    hash: transaction.hash,
    height: transaction.height,
    index: transaction.index,
    proof: { data: null, proof: { aunts: null, index: 0, leaf_hash: null, total: 0 }, root_hash: '' },
    stdTx,
    tx: transaction.bytes.toString('base64'),
    tx_result: {
      code: transaction.code,
      codespace: transaction.codespace,
      data: null,
      events: null,
      info: '',
      log: transaction.log,
    },
  };
}

/** One page of a list in pocket-core's envelope. */
export function pageShape(items: readonly RpcValue[], page: number, perPage: number): RpcValue {
  return {
    page,
    result: items.slice((page - 1) * perPage, page * perPage),
    total_pages: Math.max(1, Math.ceil(items.length / perPage)),
  };
}
