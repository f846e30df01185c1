export { SUSPICION, type WrongSigner, closeSuspects } from './close-suspects.js';
export { ClosureDesk, type ClosureInput } from './closure-desk.js';
export { ClosureIndex } from './closure-index.js';
export { type ControlState, EMPTY_CONTROLS, type NodeClosure, type Notice, readControlState } from './control-state.js';
export { ControlStore, type ControlStoreOptions } from './control-store.js';
export { ExplainDesk, type ExplainView } from './explain-desk.js';
export { type NoticeChange, NoticeDesk, type NoticeInput } from './notice-desk.js';
export { OperationsError, type OperationsErrorCode } from './operations-error.js';
export { SettingDesk, type SettingView } from './setting-desk.js';
export {
  RUNTIME_SETTINGS,
  SETTING_NAMES,
  type SettingDefinition,
  type SettingName,
  type SettingValues,
  isSettingName,
  settingValues,
} from './settings-catalogue.js';
export type { Candidate, TraceAttempt } from './trace-parts.js';
export type { RequestTrace, StoredTrace, TraceApplication, TraceCause, TraceDecision } from './request-trace.js';
export { TraceBuffer, type TraceBufferOptions } from './trace-buffer.js';
export { type TraceFilter, listTraces, pruneTraces, storeTraces, tracesOfRequest } from './trace-store.js';
export { RequestDesk, type TraceView } from './request-desk.js';
export {
  type GatewayView,
  type MergedNode,
  type NodeView,
  type SessionView,
  VIEW_NODES_MAX,
  VIEW_SESSIONS_MAX,
  mergeNodes,
  publishGatewayView,
  readGatewayViews,
  withdrawGatewayView,
} from './gateway-view.js';
export { QueueDesk, type FailedJob, type QueueView, type RemovedJob } from './queue-desk.js';
