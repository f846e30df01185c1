import type { TraceApplication } from '#libs/operations';
import type { RelayOutcome } from '#libs/relaying';
import type { Caller } from './authorise.js';
import type { Refusal } from './refusal.js';

/** What became of a call behind its admission. */
export interface CallStory {
  /** null: it was not sent to any node. */
  readonly outcome: RelayOutcome | null;
  /** Applications that were asked before the one that served, or in vain; null: none. */
  readonly passed: readonly TraceApplication[] | null;
}

/** Keeps the stories of calls. Cheap while nothing is kept, never throwing, never waited for. */
export interface CallStories {
  /**
   * A call ended. Returns what an authorised caller that asked for an explanation is told in a header; null for others.
   *
   * @param story null: it ended before admission, or was answered here.
   */
  callEnded(
    caller: Caller,
    method: string,
    requestId: string,
    end: { readonly refusal: Refusal | null; readonly local: boolean; readonly durationMs: number },
    story: CallStory | null,
  ): string | null;
  /** A request was refused before its calls were looked at. */
  refused(refusal: Refusal, requestId: string, caller: Caller | null): void;
}
