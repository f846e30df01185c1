export { DEFAULT_FRAME_LIMITS, type FrameLimits } from './limits.js';
export type { Call, CallFault, Frame, Span } from './frame.js';
export { type ScanOptions, scanFrame } from './scan-frame.js';
export { NULL_ID_BYTES, idBytes, nodeRequestText } from './node-request.js';
export { type AnswerFault, type AnswerScan, joinBatch, scanAnswer, spliceId } from './scan-answer.js';
export {
  type AnswerStyle,
  ERROR_CATALOGUE,
  type ErrorDefinition,
  type ErrorDetails,
  type ErrorReason,
  errorBody,
  errorDefinition,
  errorStatus,
  resultBody,
} from './error-catalogue.js';
export { JsonCursor, type JsonFault } from './json-cursor.js';
