import type { Candidate, TraceAttempt } from './trace-parts.js';

/** Why a story was kept. */
export type TraceCause = 'refused' | 'failed' | 'explained' | 'sampled';

/** What decided against a call, and what was seen. */
export interface TraceDecision {
  /** Reason of the error catalogue. */
  readonly reason: string;
  /** The rule within it, such as `origins` or `key-rate`; null where the reason says all. */
  readonly rule: string | null;
  /** Limits and values that decided; never parameters, bodies or secrets. */
  readonly seen: Readonly<Record<string, string | number | boolean | null>>;
  readonly message: string | null;
}

/** An application that was asked for the call, in order. */
export interface TraceApplication {
  readonly applicationId: string;
  /** `admitted`, or why its day did not let the call in. */
  readonly admission: 'admitted' | 'spent' | 'unavailable';
  readonly used: number | null;
  readonly limit: number | null;
}

/** The story of one call: enough to say which rule decided or where it went, nothing of what it asked. */
export interface RequestTrace {
  /** 32 hex digits; the calls of one batch share it. */
  readonly requestId: string;
  /** Unix milliseconds of the end. */
  readonly atMs: number;
  readonly instanceId: string;
  readonly tenantId: string | null;
  readonly endpointId: string | null;
  readonly keyId: string | null;
  /** Slug. */
  readonly chain: string | null;
  readonly method: string | null;
  /** `served`, `local`, or the reason of the refusal. */
  readonly outcome: string;
  readonly cause: TraceCause;
  readonly durationMs: number | null;
  readonly decision: TraceDecision | null;
  readonly applications: readonly TraceApplication[];
  readonly candidates: readonly Candidate[];
  readonly attempts: readonly TraceAttempt[];
  /** No node was in good standing; the least bad served. */
  readonly degraded: boolean;
  /** Relays sent for it, each of which costs allowance. */
  readonly relays: number;
  /** Units counted against the day's limit and billed. */
  readonly billedUnits: number;
}

/** A story as it was kept. */
export interface StoredTrace extends RequestTrace {
  /** Grows with time of arrival. */
  readonly traceId: string;
}
