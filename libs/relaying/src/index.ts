export {
  type ApplicationRef,
  type ErrorClass,
  type PreparedRelay,
  type RelayEvidence,
  type RelayIntent,
  type RelayLedgerPort,
  type RelayVerdict,
  type RetryAdvice,
  type Session,
  SessionNode,
  SessionUnavailableError,
  type SharedAllowance,
} from './port.js';
export type { RelayHooks } from './hooks.js';
export { type AnswerExpectation, type Judgement, judgeAnswer } from './core/judge-answer.js';
export { CircuitBreaker } from './core/circuit-breaker.js';
export { capOperators, operatorOf, operatorsOf } from './core/operators.js';
export { ChainView } from './core/chain-view.js';
export { ChainViews, type ProbedChain } from './core/chain-views.js';
export { ExtraRelays } from './core/extra-relays.js';
export { HedgeDelays, methodKind } from './core/hedge-delays.js';
export { NodeProber, type NodeProberOptions } from './core/node-prober.js';
export { NodeScore, NodeScores, type QuarantineReason } from './core/node-scores.js';
export { type Candidate, type Closure, type Closures, NodeSelector, type Pick } from './core/node-selector.js';
export {
  type NodeReply,
  type NodeTransport,
  NodeTransportError,
  type SendLimits,
  UndiciTransport,
  type UndiciTransportOptions,
} from './core/node-transport.js';
export { SocketTransport } from './core/socket-transport.js';
export { type ApplicationBudget, orderApplications } from './core/order-applications.js';
export {
  DEFAULT_RELAY_LIMITS,
  type RelayAttempt,
  type RelayFailure,
  type RelayLimits,
  type RelayOutcome,
  type RelayRequest,
  Relayer,
  type RelayerOptions,
} from './core/relayer.js';
export type { SignedAnswer } from './core/signed-answer.js';
export { isWritingMethod } from './core/writing-methods.js';
export {
  type Dissent,
  QUORUM_MAX,
  type QuorumOutcome,
  QuorumReader,
  type QuorumReaderOptions,
} from './quorum/quorum-reader.js';
export { ChallengeReporter, type ReportOutcome } from './morse/challenge-reporter.js';
export { createEntropySource } from './morse/entropy.js';
export { HeightTracker, type HeightTrackerOptions } from './morse/height-tracker.js';
export { MorseRelayLedger, type MorseRelayLedgerOptions } from './morse/morse-relay-ledger.js';
export { readEnvelope } from './morse/read-envelope.js';
export {
  SessionBook,
  type SessionBookOptions,
  type SessionParameters,
  type SessionSource,
} from './morse/session-book.js';
export { SignatureGatherer } from './morse/signature-gatherer.js';
