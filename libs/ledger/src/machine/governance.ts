import { DecodeError } from '#libs/protocol';
import type { BlockContext } from './block-context.js';
import { accounts } from './books.js';
import { refuse } from './errors.js';
import { changedParameterText, isParameterKey } from './parameters.js';

/** Sets a parameter; only its owner may (gov/acl), the DAO owner where the list names none. */
export function changeParameter(context: BlockContext, fromAddressHex: string, key: string, valueText: string): void {
  const { parameters, state } = context;
  if (!isParameterKey(key)) throw refuse.gov.subspace(key.slice(0, 80));
  const owner = parameters.acl[key] ?? parameters.daoOwner;
  if (owner === '' || fromAddressHex !== owner) throw refuse.gov.unauthorized(fromAddressHex, key);
  try {
    state.parameters.set(key, { text: changedParameterText(parameters, key, valueText) });
  } catch (error) {
    if (error instanceof DecodeError) throw refuse.gov.setting(key, error.message);
    throw error;
  }
  context.parametersChanged();
}

/** Moves what the DAO holds to an account (`dao_transfer`), or burns it (`dao_burn`). */
export function moveDao(
  context: BlockContext,
  message: { fromAddressHex: string; toAddressHex: string | null; amountUpokt: bigint; action: string },
): void {
  const { state, parameters } = context;
  const { action, amountUpokt, fromAddressHex } = message;
  if (action !== 'dao_transfer' && action !== 'dao_burn') throw refuse.gov.action(action.slice(0, 80));
  if (amountUpokt <= 0n) throw refuse.gov.zeroAmount();
  if (parameters.daoOwner === '' || fromAddressHex !== parameters.daoOwner) {
    throw refuse.unauthorized('only the DAO owner moves what the DAO holds');
  }
  if (state.books.balance(accounts.dao) < amountUpokt) throw refuse.insufficientCoins(`${amountUpokt}upokt`);
  if (action === 'dao_transfer' && !message.toAddressHex) throw refuse.invalidAddress('a transfer needs a recipient');
  const to = action === 'dao_burn' ? accounts.issuance : accounts.of(message.toAddressHex ?? '');
  state.books.move(`DAO ${action === 'dao_burn' ? 'burn' : 'transfer'}`, accounts.dao, to, amountUpokt);
}

/** Records an upgrade (gov/upgrade); only the DAO owner may. This ledger has every feature on, so nothing else follows from it. */
export function upgrade(context: BlockContext, fromAddressHex: string, height: number, version: string): void {
  changeParameter(context, fromAddressHex, 'gov/upgrade', JSON.stringify({ Height: String(height), Version: version }));
}
