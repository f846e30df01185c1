export { OPERATIONS } from './generated/operations.js';
export type { components, operations, paths } from './generated/schema.js';
export { ndjsonValues } from './ndjson.js';
export type { OperationDescription, OperationField } from './operation-description.js';
export {
  type CallOptions,
  type OperationId,
  type OperationInput,
  type OperationOutput,
  type PageItem,
  type PagedOperationId,
  type PortalClient,
  type PortalClientSettings,
  type RawInput,
  type StreamedOperationId,
  createPortalClient,
  operationOf,
} from './portal-client.js';
export { type ProblemCode, PortalProblem, PortalUnreachable } from './portal-problem.js';
export type { RetrySettings } from './retrying-fetch.js';
