import { type EndpointRules, type KeyRules, RuleError, checkEndpointRules, checkKeyRules } from '#libs/policy';
import { relayChainIds } from './relay-chains.js';
import { TenancyError } from './tenancy-error.js';

/** An endpoint's rules as they are stored. @throws TenancyError `invalid` naming the entry that means nothing */
export function storedEndpointRules(rules: EndpointRules): EndpointRules | null {
  return saying(() => checkEndpointRules(rules));
}

/** A key's rules as they are stored; its chains in any accepted name. @throws TenancyError `invalid`, `chain-unknown` */
export function storedKeyRules(rules: KeyRules): KeyRules | null {
  return saying(() => checkKeyRules({ ...rules, chains: rules.chains ? relayChainIds(rules.chains) : null }));
}

function saying<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RuleError) throw new TenancyError('invalid', error.message);
    throw error;
  }
}
