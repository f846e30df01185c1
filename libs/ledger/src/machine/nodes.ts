import { type NodeStakeMessage, addressOf } from '#libs/protocol';
import type { BlockContext } from './block-context.js';
import { accounts } from './books.js';
import { refuse } from './errors.js';
import { invalidNetworkIdentifier, serviceUrlProblem } from './network-identifier.js';
import type { NodeRecord } from './records.js';
import { msOfNanoseconds } from './time.js';

/** The content of `pos/MsgStake`, in the record's terms: it states the whole record, so what it leaves out is none. */
export interface NodeStake {
  readonly publicKeyHex: string;
  readonly chains: readonly string[];
  readonly valueUpokt: bigint;
  readonly serviceUrl: string;
  /** Empty: the node's own account. */
  readonly outputAddressHex: string;
  readonly rewardDelegators: Readonly<Record<string, number>> | null;
  readonly settlerPublicKeyHex: string | null;
}

/** The stake that a message asks for. */
export function nodeStakeOf(message: NodeStakeMessage): NodeStake {
  return {
    publicKeyHex: message.publicKeyHex,
    chains: message.chains,
    valueUpokt: message.valueUpokt,
    serviceUrl: message.serviceUrl,
    outputAddressHex: message.outputAddressHex ?? '',
    rewardDelegators: message.rewardDelegators ?? null,
    settlerPublicKeyHex: message.settlerPublicKeyHex ?? null,
  };
}

/** Stateless checks of a stake message. */
export function checkNodeStake(stake: NodeStake): void {
  if (stake.valueUpokt <= 0n) throw refuse.pos.amount();
  if (stake.chains.length === 0) throw refuse.pos.noChains();
  const invalid = invalidNetworkIdentifier(stake.chains);
  if (invalid !== undefined) throw refuse.pos.networkIdentifier(invalid);
  if (stake.serviceUrl === '') throw refuse.pos.noServiceUrl();
  const problem = serviceUrlProblem(stake.serviceUrl);
  if (problem !== undefined) throw refuse.pos.serviceUrl(problem);
  if (stake.rewardDelegators) checkRewardDelegators(stake.rewardDelegators);
}

function checkRewardDelegators(delegators: Readonly<Record<string, number>>): void {
  let total = 0;
  for (const [address, share] of Object.entries(delegators)) {
    if (!/^[0-9a-f]{40}$/.test(address)) throw refuse.pos.rewardDelegators('an address is not 20 bytes of hex');
    if (!Number.isInteger(share) || share < 1) throw refuse.pos.rewardDelegators('a share is not a positive integer');
    total += share;
  }
  if (total > 100) throw refuse.pos.rewardDelegators('the shares exceed 100');
}

/** Stakes a new node, or edits a staked one. The signer, operator or output, pays. */
export function stakeNode(context: BlockContext, stake: NodeStake, signerAddressHex: string): void {
  const { state, parameters } = context;
  const address = addressOf(stake.publicKeyHex);
  const current = state.nodes.get(address);
  requireOperatorOrOutput(signerAddressHex, address, current?.outputAddressHex ?? stake.outputAddressHex);
  if (stake.chains.length > parameters.posMaximumChains) throw refuse.pos.tooManyChains();
  if (current?.status === 2) return editNode(context, address, current, stake, signerAddressHex);
  if (current) throw refuse.pos.status();
  if (stake.valueUpokt < parameters.stakeMinimum) throw refuse.pos.minimumStake();
  if (state.books.balance(accounts.of(signerAddressHex)) < stake.valueUpokt) throw refuse.pos.notEnoughCoins();
  state.books.move('node stake', accounts.of(signerAddressHex), accounts.node(address), stake.valueUpokt);
  state.nodes.set(address, {
    publicKeyHex: stake.publicKeyHex,
    chains: stake.chains,
    serviceUrl: stake.serviceUrl,
    stakedUpokt: stake.valueUpokt,
    status: 2,
    jailed: false,
    jailedSinceHeight: null,
    jailedUntilMs: null,
    leaving: false,
    unstakingAtMs: null,
    outputAddressHex: stake.outputAddressHex,
    rewardDelegators: stake.rewardDelegators,
    settlerPublicKeyHex: stake.settlerPublicKeyHex,
  });
}

function editNode(context: BlockContext, address: string, current: NodeRecord, stake: NodeStake, signer: string): void {
  const { state } = context;
  const addedUpokt = stake.valueUpokt - current.stakedUpokt;
  if (addedUpokt < 0n) throw refuse.pos.minimumEditStake();
  if (state.books.balance(accounts.of(signer)) < addedUpokt) throw refuse.pos.notEnoughCoins();
  const changesOutput = stake.outputAddressHex !== current.outputAddressHex;
  if (changesOutput && current.outputAddressHex !== '' && signer !== current.outputAddressHex) {
    throw refuse.pos.outputAddressEdit();
  }
  const changesDelegators = !sameShares(current.rewardDelegators, stake.rewardDelegators);
  if (changesDelegators && signer !== address) throw refuse.pos.rewardDelegatorEdit();
  // Who may claim in the node's name is the operator's decision alone.
  if (stake.settlerPublicKeyHex !== current.settlerPublicKeyHex && signer !== address)
    throw refuse.pos.unauthorizedSigner();
  if (current.leaving) throw refuse.pos.leaving();
  state.books.move('node stake', accounts.of(signer), accounts.node(address), addedUpokt);
  state.nodes.set(address, {
    ...current,
    chains: stake.chains,
    serviceUrl: stake.serviceUrl,
    stakedUpokt: stake.valueUpokt,
    outputAddressHex: stake.outputAddressHex,
    rewardDelegators: stake.rewardDelegators,
    settlerPublicKeyHex: stake.settlerPublicKeyHex,
  });
}

/** The node serves until its session ends and then waits for its stake. */
export function beginUnstakeNode(context: BlockContext, addressHex: string, signerAddressHex: string): void {
  const { nodes } = context.state;
  const current = nodes.get(addressHex);
  if (!current) throw refuse.pos.notFound();
  requireOperatorOrOutput(signerAddressHex, addressHex, current.outputAddressHex);
  if (current.status !== 2) throw refuse.pos.status();
  nodes.set(addressHex, { ...current, leaving: true });
}

/** Frees a jailed node once its time is served. */
export function unjailNode(context: BlockContext, addressHex: string, signerAddressHex: string): void {
  const { state, parameters, timeMs } = context;
  const current = state.nodes.get(addressHex);
  if (!current) throw refuse.pos.notFound();
  requireOperatorOrOutput(signerAddressHex, addressHex, current.outputAddressHex);
  if (current.stakedUpokt < parameters.stakeMinimum) throw refuse.pos.notJailed();
  if (!current.jailed) throw refuse.pos.notJailed();
  if ((current.jailedUntilMs ?? 0) > timeMs) throw refuse.pos.jailed();
  state.nodes.set(addressHex, { ...current, jailed: false, jailedSinceHeight: null, jailedUntilMs: null });
}

/** Puts a node into jail for downtime and slashes it. Without real consensus nobody misses a block, so the DAO owner says who did. */
export function jailForDowntime(context: BlockContext, addressHex: string): void {
  const { state, parameters, timeMs, height } = context;
  const current = state.nodes.get(addressHex);
  if (!current) throw refuse.pos.notFound();
  if (current.jailed) throw refuse.pos.jailed();
  state.nodes.set(addressHex, {
    ...current,
    jailed: true,
    jailedSinceHeight: height,
    jailedUntilMs: timeMs + msOfNanoseconds(parameters.downtimeJailDuration),
  });
  burnNodeStake(
    context,
    addressHex,
    fractionOf(current.stakedUpokt, parameters.slashFractionDowntime),
    'downtime slash',
  );
}

/**
 * Burns of a node's stake, at most all of it. A node left below the minimum stake is forced out and the rest burned too (facts 7.4).
 * Returns everything that was burned, in uPOKT.
 */
export function burnNodeStake(context: BlockContext, addressHex: string, amountUpokt: bigint, reason: string): bigint {
  const { state, parameters } = context;
  const current = state.nodes.get(addressHex);
  if (!current) return 0n;
  const burnedUpokt = amountUpokt < current.stakedUpokt ? amountUpokt : current.stakedUpokt;
  state.books.move(reason, accounts.node(addressHex), accounts.issuance, burnedUpokt);
  const leftUpokt = current.stakedUpokt - burnedUpokt;
  if (leftUpokt >= parameters.stakeMinimum) {
    state.nodes.set(addressHex, { ...current, stakedUpokt: leftUpokt });
    return burnedUpokt;
  }
  state.nodes.set(addressHex, { ...current, stakedUpokt: leftUpokt });
  forceOut(context, addressHex);
  return burnedUpokt + leftUpokt;
}

/** Removes a node at once and burns what is left of its stake. */
function forceOut(context: BlockContext, addressHex: string): void {
  const { state } = context;
  const stakedUpokt = state.nodes.get(addressHex)?.stakedUpokt ?? 0n;
  state.books.move('node forced out', accounts.node(addressHex), accounts.issuance, stakedUpokt);
  state.nodes.delete(addressHex);
}

/** Start of block: nodes jailed for longer than MaxJailedBlocks are forced out. */
export function forceOutLongJailed(context: BlockContext): void {
  const { state, parameters, height } = context;
  const due = state.nodes.where(
    ({ jailed, jailedSinceHeight }) => jailed && height - (jailedSinceHeight ?? height) > parameters.maxJailedBlocks,
  );
  for (const [address] of due) forceOut(context, address);
}

/** End of block: at the end of a session leaving nodes start to wait; nodes whose waiting time is over get their stake back. */
export function releaseNodes(context: BlockContext): void {
  const { state, parameters, timeMs, height } = context;
  if (height % parameters.blocksPerSession === 0) {
    for (const [address, node] of state.nodes.where(({ leaving, status }) => leaving && status === 2)) {
      const unstakingAtMs = timeMs + msOfNanoseconds(parameters.unstakingTime);
      state.nodes.set(address, { ...node, leaving: false, status: 1, unstakingAtMs });
    }
  }
  const due = state.nodes.where(({ status, unstakingAtMs }) => status === 1 && (unstakingAtMs ?? 0) <= timeMs);
  for (const [address, { stakedUpokt, outputAddressHex }] of due) {
    state.books.move('node unstaked', accounts.node(address), accounts.of(outputAddressHex || address), stakedUpokt);
    state.nodes.delete(address);
  }
}

function requireOperatorOrOutput(signer: string, operator: string, output: string): void {
  if (signer !== operator && signer !== output) throw refuse.pos.unauthorizedSigner();
}

function sameShares(a: Readonly<Record<string, number>> | null, b: Readonly<Record<string, number>> | null): boolean {
  const sorted = (shares: Readonly<Record<string, number>> | null): string =>
    JSON.stringify(Object.entries(shares ?? {}).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}

/** `amount × fraction`, truncated; `fraction` is decimal text of at most 18 digits. */
function fractionOf(amountUpokt: bigint, fraction: string): bigint {
  const [whole = '0', digits = ''] = fraction.split('.');
  return (amountUpokt * BigInt(whole + digits)) / 10n ** BigInt(digits.length);
}
