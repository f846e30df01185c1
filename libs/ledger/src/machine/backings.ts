import type { BlockContext } from './block-context.js';
import { accounts } from './books.js';
import { refuse } from './errors.js';
import type { BackingRecord, BasketRecord } from './records.js';

/** A target as records name it: `application/<address>` or `basket/<name>`. */
export type TargetName = string;

const BASKET = 'basket/';
const APPLICATION = 'application/';

/** Adds stake of the backer to an application or a basket. The throughput of the applications follows at once. */
export function back(context: BlockContext, backer: string, target: TargetName, amountUpokt: bigint): void {
  const { state, height, timeMs } = context;
  requireTarget(context, target);
  if (state.books.balance(accounts.of(backer)) < amountUpokt) throw refuse.insufficientCoins(`${amountUpokt}upokt`);
  const id = String(state.backings.size + 1);
  state.backings.set(id, { backer, target, amountUpokt, sinceHeight: height, sinceMs: timeMs, untilHeight: null });
  if (target.startsWith(BASKET)) {
    const name = target.slice(BASKET.length);
    state.books.move('stake added on behalf', accounts.of(backer), accounts.basket(name), amountUpokt);
    rebalance(context, name);
  } else {
    moveBacking(context, target.slice(APPLICATION.length), amountUpokt, accounts.of(backer), 'stake added on behalf');
  }
}

/** Takes stake back, the newest additions first, so that the oldest keep their time. Refused beyond what the backer has there. */
export function takeBack(context: BlockContext, backer: string, target: TargetName, amountUpokt: bigint): void {
  const { state, height } = context;
  const open = openBackings(context, (backing) => backing.backer === backer && backing.target === target);
  const heldUpokt = open.reduce((sum, [, backing]) => sum + backing.amountUpokt, 0n);
  if (heldUpokt < amountUpokt) throw refuse.insufficientCoins(`${heldUpokt}upokt is less than ${amountUpokt}upokt`);
  let leftUpokt = amountUpokt;
  for (const [id, backing] of open.toReversed()) {
    if (leftUpokt === 0n) break;
    const takenUpokt = backing.amountUpokt < leftUpokt ? backing.amountUpokt : leftUpokt;
    leftUpokt -= takenUpokt;
    if (takenUpokt === backing.amountUpokt) {
      state.backings.set(id, { ...backing, untilHeight: height });
    } else {
      // A part stays and keeps its beginning; the part taken is on record as one that ended.
      state.backings.set(id, { ...backing, amountUpokt: backing.amountUpokt - takenUpokt });
      const ended = { ...backing, amountUpokt: takenUpokt, untilHeight: height };
      state.backings.set(String(state.backings.size + 1), ended);
    }
  }
  if (target.startsWith(BASKET)) {
    const name = target.slice(BASKET.length);
    rebalance(context, name);
    state.books.move('stake taken back', accounts.basket(name), accounts.of(backer), amountUpokt);
  } else {
    moveBacking(context, target.slice(APPLICATION.length), -amountUpokt, accounts.of(backer), 'stake taken back');
  }
}

/** Adds an application to a basket; the first to name a basket owns it. */
export function addToBasket(context: BlockContext, owner: string, name: string, applicationAddress: string): void {
  const { state } = context;
  const basket: BasketRecord = state.baskets.get(name) ?? { owner, members: [], allocated: {} };
  if (basket.owner !== owner) throw refuse.unauthorized(`basket ${name} belongs to another account`);
  if (state.applications.get(applicationAddress)?.status !== 2) throw refuse.application.status();
  const members = [...new Set([...basket.members, applicationAddress])].sort();
  state.baskets.set(name, { ...basket, members });
  rebalance(context, name);
}

/** Takes an application out of a basket; the others share what it had. */
export function removeFromBasket(context: BlockContext, owner: string, name: string, applicationAddress: string): void {
  const basket = context.state.baskets.get(name);
  if (!basket) throw refuse.unknownRequest(`there is no basket ${name}`);
  if (basket.owner !== owner) throw refuse.unauthorized(`basket ${name} belongs to another account`);
  dropMember(context, name, basket, applicationAddress);
}

/** Takes an application out of every basket: it unstakes or changes hands. */
export function leaveBaskets(context: BlockContext, applicationAddress: string): void {
  const baskets = context.state.baskets.where(({ members }) => members.includes(applicationAddress));
  for (const [name, basket] of baskets) dropMember(context, name, basket, applicationAddress);
}

/** Ends every standing addition to an application and returns it to whoever made it. */
export function returnBackings(context: BlockContext, target: TargetName): void {
  const { state, height } = context;
  for (const [id, backing] of openBackings(context, (candidate) => candidate.target === target)) {
    state.backings.set(id, { ...backing, untilHeight: height });
    const account = accounts.of(backing.backer);
    moveBacking(context, target.slice(APPLICATION.length), -backing.amountUpokt, account, 'stake on behalf returned');
  }
}

function dropMember(context: BlockContext, name: string, basket: BasketRecord, applicationAddress: string): void {
  const { state } = context;
  const { [applicationAddress]: heldText = '0', ...allocated } = basket.allocated;
  moveBacking(context, applicationAddress, -BigInt(heldText), accounts.basket(name), 'basket share returned');
  const members = basket.members.filter((member) => member !== applicationAddress);
  state.baskets.set(name, { ...basket, members, allocated });
  rebalance(context, name);
}

/**
 * Shares a basket's stake among its members in equal parts; the uPOKT that do not divide go to the first members in order of addresses.
 * Without members the stake waits in the basket's account.
 */
function rebalance(context: BlockContext, name: string): void {
  const { state } = context;
  const basket = state.baskets.get(name);
  if (!basket) return;
  const open = openBackings(context, (backing) => backing.target === BASKET + name);
  const totalUpokt = open.reduce((sum, [, backing]) => sum + backing.amountUpokt, 0n);
  const count = BigInt(basket.members.length);
  const changes = basket.members.map((member, index) => {
    const wantedUpokt = totalUpokt / count + (BigInt(index) < totalUpokt % count ? 1n : 0n);
    return { member, wantedUpokt, addedUpokt: wantedUpokt - BigInt(basket.allocated[member] ?? '0') };
  });
  // What leaves a member comes first: it is what the others get.
  for (const { member, addedUpokt } of changes.toSorted((a, b) => (a.addedUpokt < b.addedUpokt ? -1 : 1))) {
    moveBacking(context, member, addedUpokt, accounts.basket(name), 'basket shared');
  }
  const allocated = Object.fromEntries(changes.map(({ member, wantedUpokt }) => [member, wantedUpokt.toString()]));
  state.baskets.set(name, { ...basket, allocated });
}

/** Moves stake between an account and an application's stake (negative: out of it) and lets the throughput follow. */
function moveBacking(
  context: BlockContext,
  address: string,
  addedUpokt: bigint,
  account: string,
  reason: string,
): void {
  const { state } = context;
  const application = state.applications.get(address);
  if (!application || addedUpokt === 0n) return;
  const stake = accounts.application(address);
  if (addedUpokt > 0n) state.books.move(reason, account, stake, addedUpokt);
  else state.books.move(reason, stake, account, -addedUpokt);
  const stakedUpokt = application.stakedUpokt + addedUpokt;
  state.applications.set(address, {
    ...application,
    stakedUpokt,
    backedUpokt: application.backedUpokt + addedUpokt,
    maxRelays: context.maxRelaysOf(stakedUpokt),
  });
}

function requireTarget(context: BlockContext, target: TargetName): void {
  if (target.startsWith(BASKET)) {
    const name = target.slice(BASKET.length);
    if (!context.state.baskets.has(name)) throw refuse.unknownRequest(`there is no basket ${name}`);
    return;
  }
  const application = context.state.applications.get(target.slice(APPLICATION.length));
  if (!application) throw refuse.application.notFound();
  if (application.status !== 2) throw refuse.application.status();
}

function openBackings(
  context: BlockContext,
  fits: (backing: BackingRecord) => boolean,
): Array<[string, BackingRecord]> {
  const open = context.state.backings.where((backing) => backing.untilHeight === null && fits(backing));
  return open.sort(([a], [b]) => Number(a) - Number(b));
}
