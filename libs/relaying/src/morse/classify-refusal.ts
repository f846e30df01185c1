import { type DispatchAnswer, PocketErrorCode } from '#libs/protocol';
import type { ErrorClass, RelayVerdict, RetryAdvice } from '../port.js';

type Refusal = Extract<RelayVerdict, { ok: false }>;

/** What each code of a stock node or geo-mesh node asks of a gateway (section 5.7). */
const REACTIONS: ReadonlyMap<number, readonly [ErrorClass, RetryAdvice]> = new Map<
  number,
  readonly [ErrorClass, RetryAdvice]
>([
  // 60 and 14: the node is in another session than we are.
  [PocketErrorCode.invalidBlockHeight, ['session_stale', 'new-session']],
  [PocketErrorCode.invalidSession, ['session_stale', 'new-session']],
  // 75: our height is out of date, or the node's is.
  [PocketErrorCode.outOfSync, ['session_stale', 'same-node']],
  // 90 and 71: the allowance is spent; no fault, no second question in this session.
  [PocketErrorCode.evidenceSealed, ['exhausted', 'other-node']],
  [PocketErrorCode.overService, ['exhausted', 'other-node']],
  // 37: one in a hundred proofs looks like a duplicate to a full bloom filter; new entropy helps.
  [PocketErrorCode.duplicateProof, ['local_fault', 'same-node']],
  // 74: a node built with another Go spells two control characters differently.
  [PocketErrorCode.requestHashMismatch, ['node_fault', 'other-node']],
  // 4, 13, 45, 61, 91: the application's token, stake or chains.
  [PocketErrorCode.invalidToken, ['auth_fault', 'other-application']],
  [PocketErrorCode.chainNotStakedByApplication, ['auth_fault', 'other-application']],
  [PocketErrorCode.applicationNotFound, ['auth_fault', 'other-application']],
  [PocketErrorCode.invalidApplicationKey, ['auth_fault', 'other-application']],
  [PocketErrorCode.tooManyChains, ['auth_fault', 'other-application']],
  // 25: neither data nor path.
  [PocketErrorCode.emptyPayload, ['client_fault', 'none']],
]);

/**
 * The verdict on a refusal. Refusals are made before the node calls its chain, except code 28, which is the chain call's
 * own failure; codes that are not listed blame the node and try another.
 */
export function classifyRefusal(refusal: {
  readonly code: number;
  readonly codespace: string;
  readonly dispatch: DispatchAnswer | null;
}): Refusal {
  const detail = `${refusal.codespace || 'none'}:${refusal.code}`;
  if (refusal.codespace === 'pocketcore') {
    const reaction = REACTIONS.get(refusal.code);
    if (reaction !== undefined) {
      return { ok: false, error: reaction[0], retry: reaction[1], mayHaveRun: false, detail, hint: refusal.dispatch };
    }
  }
  const isChainFailure = refusal.codespace === 'pocketcore' && refusal.code === PocketErrorCode.httpExecution;
  return {
    ok: false,
    error: isChainFailure ? 'backend_error' : 'node_fault',
    retry: 'other-node',
    // A code-less refusal says nothing about how far the call came.
    mayHaveRun: isChainFailure || refusal.code === 0,
    detail,
  };
}
