export { type CallFacts, type Policy, type PolicyRefusal, type RequestFacts, compilePolicy } from './policy.js';
export { addressSet, clientAddress } from './addresses.js';
export {
  type EndpointRules,
  type KeyRules,
  RuleError,
  checkEndpointRules,
  checkKeyRules,
  hashEndpointSecret,
} from './rules.js';
