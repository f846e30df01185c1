/** A node that a call might have gone to. */
export interface Candidate {
  /** Public key, hex. */
  readonly node: string;
  readonly operator: string;
  /** `usable`, or why it got nothing. */
  readonly verdict: string;
  readonly reason: string | null;
  readonly weight: number;
  /** Share of the session's calls that it gets, 0..1. */
  readonly share: number;
  /** Relays left to this gateway. */
  readonly left: number;
}

/** One relay that was sent for a call. */
export interface TraceAttempt {
  readonly node: string;
  readonly operator: string;
  readonly sessionHeight: number;
  readonly applicationId: string;
  /** `ok`, or the class of the error. */
  readonly outcome: string;
  readonly detail: string | null;
  readonly durationMs: number;
  /** Of the request and of the answer; null where there was none. */
  readonly bytesIn: number | null;
  readonly bytesOut: number | null;
  readonly hedge: boolean;
}
