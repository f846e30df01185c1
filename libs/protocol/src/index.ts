export * from './aat.js';
export * from './allowance.js';
export * from './block-header.js';
export * from './challenge.js';
export { isRelayChainId, RELAY_CHAIN_NAMES } from './chain-ids.js';
export * from './claim.js';
export * from './decimal.js';
export * from './dispatch.js';
export * from './errors.js';
export { compareUtf8, type GoJsonDialect, type GoJsonValue, goSortedJson, goString } from './go-json.js';
export { sha3, sha3Hex } from './hashing.js';
export { type JsonBounds, type JsonMember, type JsonNode, readJson } from './json-reader.js';
export * from './keys.js';
export * from './merkle.js';
export * from './parameter-codec.js';
export * from './parameters.js';
export * from './relay.js';
export {
  decodeRelayAnswer,
  decodeRelayRequest,
  encodeRelayError,
  encodeRelaySuccess,
  RELAY_ANSWER_BYTES_MAX,
  RELAY_REQUEST_BYTES_MAX,
  type RelayAnswer,
  type RelayRequest,
  unwrapMeshError,
} from './relay-envelope.js';
export * from './relay-factory.js';
export * from './relay-response.js';
export * from './rewards.js';
export * from './session.js';
export { sortRelayResponse } from './sorted-response.js';
export * from './transaction.js';
export {
  type ApplicationStakeMessage,
  type ChangeParameterMessage,
  type DaoTransferMessage,
  type NodeStakeMessage,
  type NodeUnjailMessage,
  type NodeUnstakeMessage,
  type ProofLeaf,
  type ProofMessage,
  type SendMessage,
  type TransactionMessage,
  type UpgradeMessage,
} from './transaction-messages.js';
