import { addToBasket, back, removeFromBasket, takeBack } from './backings.js';
import type { BlockContext } from './block-context.js';
import { refuse } from './errors.js';
import { jailForDowntime } from './nodes.js';

/**
 * Instructions that Pocket has no message for travel in the memo of a `send` to oneself: signed like everything else, and harmless on a
 * stock network, where such a transaction moves nothing.
 */
const PREFIX = 'ledger:';
const ADDRESS = '[0-9a-f]{40}';
const NAME = '[a-z0-9][a-z0-9-]{0,31}';
const TARGET = `application:${ADDRESS}|basket:${NAME}`;

const BACK = new RegExp(`^ledger:back:(${TARGET})$`);
const TAKE_BACK = new RegExp(`^ledger:take-back:(${TARGET})$`);
const BASKET = new RegExp(`^ledger:basket:(${NAME}):(add|remove):(${ADDRESS})$`);
const JAIL = new RegExp(`^ledger:jail:(${ADDRESS})$`);

/** Memos that make the ledger act; the amount of the `send` is the amount of the instruction. */
export const instructionMemo = {
  /** Adds the amount to an application's stake. */
  backApplication: (addressHex: string): string => `${PREFIX}back:application:${addressHex}`,
  /** Adds the amount to a basket. */
  backBasket: (name: string): string => `${PREFIX}back:basket:${name}`,
  takeBackFromApplication: (addressHex: string): string => `${PREFIX}take-back:application:${addressHex}`,
  takeBackFromBasket: (name: string): string => `${PREFIX}take-back:basket:${name}`,
  /** The sender owns the basket or founds it. */
  addToBasket: (name: string, applicationAddressHex: string): string =>
    `${PREFIX}basket:${name}:add:${applicationAddressHex}`,
  removeFromBasket: (name: string, applicationAddressHex: string): string =>
    `${PREFIX}basket:${name}:remove:${applicationAddressHex}`,
  /** The sender is the DAO owner. */
  jail: (nodeAddressHex: string): string => `${PREFIX}jail:${nodeAddressHex}`,
} as const;

/** True when a `send` to oneself with this memo is an instruction. */
export function isInstruction(memo: string): boolean {
  return memo.startsWith(PREFIX);
}

/** Does what the memo says. Throws code 6 of `sdk` for a memo that is not understood. */
export function executeInstruction(context: BlockContext, sender: string, amountUpokt: bigint, memo: string): void {
  let match = BACK.exec(memo);
  if (match) return back(context, sender, targetName(match), amountUpokt);
  match = TAKE_BACK.exec(memo);
  if (match) return takeBack(context, sender, targetName(match), amountUpokt);
  match = BASKET.exec(memo);
  if (match) {
    const [, name = '', verb, address = ''] = match;
    return (verb === 'add' ? addToBasket : removeFromBasket)(context, sender, name, address);
  }
  match = JAIL.exec(memo);
  if (match) {
    if (sender !== context.parameters.daoOwner) throw refuse.unauthorized('only the DAO owner reports downtime');
    return jailForDowntime(context, match[1] ?? '');
  }
  throw refuse.unknownRequest(`the ledger does not know the instruction ${JSON.stringify(memo.slice(0, 80))}`);
}

function targetName(match: RegExpExecArray): string {
  return (match[1] ?? '').replace(':', '/');
}
