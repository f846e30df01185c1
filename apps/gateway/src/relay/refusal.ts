import { type ErrorReason, type ErrorDetails, errorBody } from '#libs/jsonrpc';

/** Why a call, or a whole request, is not served. */
export interface Refusal {
  readonly reason: ErrorReason;
  readonly message?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** HTTP status where transport decides it (414, 431); else the catalogue's. */
  readonly status?: number;
  /** Whose key it was, where that is known; for the story of the request, never for the caller. */
  readonly whose?: { readonly tenantId: string; readonly endpointId: string; readonly keyId: string };
}

/** Builds a refusal. */
export function refuse(
  reason: ErrorReason,
  message?: string,
  data?: Readonly<Record<string, unknown>>,
  status?: number,
): Refusal {
  return {
    reason,
    ...(message === undefined ? {} : { message }),
    ...(data === undefined ? {} : { data }),
    ...(status === undefined ? {} : { status }),
  };
}

/** The refusal as a JSON-RPC error with the caller's id. */
export function refusalBody(refusal: Refusal, id: Buffer, requestId: string, docsUrl: string): Buffer {
  const details: ErrorDetails = {
    requestId,
    docsUrl,
    ...(refusal.message === undefined ? {} : { message: refusal.message }),
    ...(refusal.data === undefined ? {} : { data: refusal.data }),
  };
  return errorBody(refusal.reason, id, details);
}
