import { addressOf } from '#libs/protocol';
import { leaveBaskets, returnBackings } from './backings.js';
import type { BlockContext } from './block-context.js';
import { accounts } from './books.js';
import { refuse } from './errors.js';
import { invalidNetworkIdentifier } from './network-identifier.js';
import type { ApplicationRecord } from './records.js';
import { msOfNanoseconds } from './time.js';

/** The content of `apps/MsgAppStake`. */
export interface ApplicationStake {
  readonly publicKeyHex: string;
  readonly chains: readonly string[];
  readonly valueUpokt: bigint;
}

/** Stateless checks of a stake message. A transfer carries neither chains nor value. */
export function checkApplicationStake(stake: ApplicationStake, signerAddressHex: string): void {
  if (signerAddressHex !== addressOf(stake.publicKeyHex) && isTransfer(stake)) return;
  if (stake.valueUpokt <= 0n) throw refuse.application.amount();
  if (stake.chains.length === 0) throw refuse.application.noChains();
  const invalid = invalidNetworkIdentifier(stake.chains);
  if (invalid !== undefined) throw refuse.application.networkIdentifier(invalid);
}

/** True for the form that moves a stake to a new key (facts 3.3, feature AppTransfer). */
export function isTransfer(stake: ApplicationStake): boolean {
  return stake.valueUpokt === 0n && stake.chains.length === 0;
}

/** Stakes a new application, or raises the stake and changes the chains of a staked one. */
export function stakeApplication(context: BlockContext, stake: ApplicationStake): void {
  const { state, parameters } = context;
  const address = addressOf(stake.publicKeyHex);
  if (stake.chains.length > parameters.applicationMaximumChains) throw refuse.application.tooManyChains();
  const current = state.applications.get(address);
  const balance = state.books.balance(accounts.of(address));
  if (current?.status === 2) {
    const addedUpokt = stake.valueUpokt - current.stakedUpokt;
    if (addedUpokt < 0n) throw refuse.application.minimumEditStake();
    if (balance < addedUpokt) throw refuse.application.notEnoughCoins();
    state.books.move('application stake', accounts.of(address), accounts.application(address), addedUpokt);
    state.applications.set(address, {
      ...current,
      chains: stake.chains,
      stakedUpokt: stake.valueUpokt,
      // An edit of the chains alone keeps the throughput even when parameters changed since (facts 3.1).
      maxRelays: addedUpokt === 0n ? current.maxRelays : context.maxRelaysOf(stake.valueUpokt),
    });
    return;
  }
  if (current && current.status !== 0) throw refuse.application.status();
  if (stake.valueUpokt < parameters.applicationStakeMinimum) throw refuse.application.minimumStake();
  if (balance < stake.valueUpokt) throw refuse.application.notEnoughCoins();
  if (BigInt(stakedCount(context)) >= parameters.maxApplications) throw refuse.application.maximumApplications();
  state.books.move('application stake', accounts.of(address), accounts.application(address), stake.valueUpokt);
  state.applications.set(address, {
    publicKeyHex: stake.publicKeyHex,
    chains: stake.chains,
    stakedUpokt: stake.valueUpokt,
    backedUpokt: 0n,
    maxRelays: context.maxRelaysOf(stake.valueUpokt),
    status: 2,
    jailed: false,
    unstakingAtMs: null,
  });
}

/** Moves the stake, the throughput and the chains of the signer's application to a new key. */
export function transferApplication(context: BlockContext, fromAddressHex: string, toPublicKeyHex: string): void {
  const { state } = context;
  const current = state.applications.get(fromAddressHex);
  if (current?.status !== 2) throw refuse.application.status();
  const toAddress = addressOf(toPublicKeyHex);
  if (state.applications.has(toAddress)) throw refuse.application.status();
  // Others staked for the old key, not for whoever holds the new one: they get their part back.
  leaveBaskets(context, fromAddressHex);
  returnBackings(context, `application/${fromAddressHex}`);
  const own = state.applications.get(fromAddressHex) ?? current;
  state.books.move(
    'application transfer',
    accounts.application(fromAddressHex),
    accounts.application(toAddress),
    own.stakedUpokt,
  );
  state.applications.set(toAddress, { ...own, publicKeyHex: toPublicKeyHex });
  state.applications.delete(fromAddressHex);
}

/** Starts the waiting time, after which the stake returns. What others added returns to them at once. */
export function beginUnstakeApplication(context: BlockContext, addressHex: string): void {
  const { state, parameters, timeMs } = context;
  const current = state.applications.get(addressHex);
  if (!current) throw refuse.application.notFound();
  // pocket-core wraps both of these into an internal error.
  if (current.status !== 2) throw refuse.internal(refuse.application.status().message);
  leaveBaskets(context, addressHex);
  returnBackings(context, `application/${addressHex}`);
  const own = state.applications.get(addressHex) ?? current;
  state.applications.set(addressHex, {
    ...own,
    status: 1,
    unstakingAtMs: timeMs + msOfNanoseconds(parameters.appUnstakingTime),
  });
}

/** End of block: applications whose waiting time is over get their stake back and are gone. */
export function releaseApplications(context: BlockContext): void {
  const { state, timeMs } = context;
  const due = state.applications.where(({ status, unstakingAtMs }) => status === 1 && (unstakingAtMs ?? 0) <= timeMs);
  for (const [address, { stakedUpokt }] of due) {
    state.books.move('application unstaked', accounts.application(address), accounts.of(address), stakedUpokt);
    state.applications.delete(address);
  }
}

/**
 * Burns an application's own stake (Application Burn Rate), never what others added on its behalf. At most its own
 * part; the throughput follows. Below the minimum stake the application begins to unstake: it cannot buy what it no longer pays.
 * Returns what was burned, in uPOKT.
 */
export function burnApplicationStake(context: BlockContext, addressHex: string, amountUpokt: bigint): bigint {
  const { state, parameters } = context;
  const current = state.applications.get(addressHex);
  if (!current) return 0n;
  const ownUpokt = current.stakedUpokt - current.backedUpokt;
  const burnedUpokt = amountUpokt < ownUpokt ? amountUpokt : ownUpokt;
  state.books.move('application burn', accounts.application(addressHex), accounts.issuance, burnedUpokt);
  const left: ApplicationRecord = { ...current, stakedUpokt: current.stakedUpokt - burnedUpokt };
  state.applications.set(addressHex, {
    ...left,
    maxRelays: burnedUpokt > 0n && left.status === 2 ? context.maxRelaysOf(left.stakedUpokt) : left.maxRelays,
  });
  if (left.status === 2 && left.stakedUpokt < parameters.applicationStakeMinimum) {
    beginUnstakeApplication(context, addressHex);
  }
  return burnedUpokt;
}

function stakedCount(context: BlockContext): number {
  let count = 0;
  for (const [, { status }] of context.state.applications.entries()) if (status === 2) count += 1;
  return count;
}
