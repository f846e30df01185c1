/** Why the gateway, not the chain, refuses or fails; stable, part of the wire contract. */
export type ErrorReason =
  | 'parse'
  | 'request'
  | 'size'
  | 'method'
  | 'method-policy'
  | 'params'
  | 'auth'
  | 'policy'
  | 'chain'
  | 'rate'
  | 'quota'
  | 'suspended'
  | 'upstream'
  | 'timeout'
  | 'busy'
  | 'internal';

/** How an endpoint wants failures shown: readable in wallets, or told by the HTTP status. */
export type AnswerStyle = 'wallet' | 'strict';

/** One row of the wire contract. */
export interface ErrorDefinition {
  readonly reason: ErrorReason;
  /** JSON-RPC error code. */
  readonly code: number;
  /** HTTP status of a single-call answer, by style. A batch that was read answers 200 and carries errors inside. */
  readonly status: { readonly [style in AnswerStyle]: number };
  /** What happened, for the reference. */
  readonly condition: string;
  /** Shown to people when the call site has nothing more exact; says what to do. */
  readonly message: string;
  /** Whether the same request may succeed later without a change. */
  readonly retryable: boolean;
}

const row = (
  reason: ErrorReason,
  code: number,
  wallet: number,
  strict: number,
  retryable: boolean,
  condition: string,
  message: string,
): ErrorDefinition => ({ reason, code, status: { wallet, strict }, condition, message, retryable });

/** Every refusal of the gateway; docs/errors.md shows the same rows (a test keeps them equal). */
export const ERROR_CATALOGUE: readonly ErrorDefinition[] = [
  row(
    'parse',
    -32700,
    400,
    400,
    false,
    'the body is not JSON',
    'The body is not valid JSON. Send one JSON-RPC 2.0 call or a batch of calls as UTF-8 JSON.',
  ),
  row(
    'request',
    -32600,
    200,
    400,
    false,
    'the JSON is not a JSON-RPC call, or a batch is empty',
    'This is not a JSON-RPC 2.0 call. Send {"jsonrpc":"2.0","id":1,"method":"…","params":[…]}.',
  ),
  row(
    'size',
    -32600,
    413,
    413,
    false,
    'the body, the nesting or the batch is too large',
    'The request is too large. Send less in one request.',
  ),
  row(
    'method',
    -32601,
    200,
    200,
    false,
    'the chain or this transport has no such method',
    'This method is not available here. Check its name and the chain.',
  ),
  row(
    'method-policy',
    -32004,
    200,
    200,
    false,
    "the key's policy does not allow the method",
    'This key may not call this method. Allow the method for the key or use another key.',
  ),
  row(
    'params',
    -32602,
    200,
    200,
    false,
    'the parameters ask for more than is served',
    'The parameters ask for too much. Narrow them and send several calls.',
  ),
  row(
    'auth',
    -32016,
    401,
    401,
    false,
    'the key is missing, unknown or revoked',
    'The API key is missing or not valid. Check the key in the URL, or create a new one.',
  ),
  row(
    'policy',
    -32016,
    403,
    403,
    false,
    'origin, user agent, address, contract or chain is not allowed',
    "The key's rules do not allow this request. Change the rules of the key or use another key.",
  ),
  row(
    'chain',
    -32001,
    404,
    404,
    false,
    'no chain has this name',
    'No chain has this name. GET /v1/chains lists all of them.',
  ),
  row(
    'rate',
    -32005,
    429,
    429,
    true,
    'too many requests a second',
    'Too many requests a second. Send fewer, or spread them.',
  ),
  row(
    'quota',
    -32068,
    200,
    402,
    false,
    'the daily relay limit is spent',
    "Today's relay limit of this application is spent. It starts again at 00:00 UTC; staking more POKT raises it.",
  ),
  row(
    'suspended',
    -32016,
    403,
    403,
    false,
    'the tenant or the endpoint is suspended',
    'This endpoint is suspended. Contact the operator of the gateway.',
  ),
  row(
    'upstream',
    -32002,
    200,
    503,
    true,
    'no node could answer',
    'No node could answer this call. Try again in a moment.',
  ),
  row(
    'timeout',
    -32002,
    200,
    504,
    true,
    'the deadline passed before a node answered',
    'No node answered in time. Try again, or ask for less in one call.',
  ),
  row('busy', -32005, 429, 503, true, 'the gateway sheds load', 'The gateway is busy. Try again in a moment.'),
  row(
    'internal',
    -32603,
    200,
    500,
    true,
    'a fault of the gateway',
    'The gateway failed. Report the request id to its operator.',
  ),
];

const byReason = new Map(ERROR_CATALOGUE.map((definition) => [definition.reason, definition]));

/** The row of a reason. */
export function errorDefinition(reason: ErrorReason): ErrorDefinition {
  const definition = byReason.get(reason);
  if (definition === undefined) throw new RangeError(`unknown reason ${reason}`);
  return definition;
}

/**
 * HTTP status of a single-call refusal. An envelope fault whose id could not be read answers 400 in both styles:
 * without an id a client cannot match the body, so only the status tells it.
 */
export function errorStatus(reason: ErrorReason, style: AnswerStyle, idKnown: boolean): number {
  if (reason === 'request' && !idKnown) return 400;
  return errorDefinition(reason).status[style];
}

/** What a refusal says besides its row. */
export interface ErrorDetails {
  /** More exact than the row's message; a sentence that says what to do. */
  readonly message?: string;
  readonly requestId: string;
  /** Address of the reference; the reason is appended as its anchor. */
  readonly docsUrl: string;
  /** Further members of `error.data`, such as limit, used, resetAt. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The JSON-RPC error object as bytes, with the caller's id as it stood in the request. */
export function errorBody(reason: ErrorReason, id: Buffer, details: ErrorDetails): Buffer {
  const { code, message, retryable } = errorDefinition(reason);
  const error = {
    code,
    message: details.message ?? message,
    data: { reason, requestId: details.requestId, retryable, docs: `${details.docsUrl}#${reason}`, ...details.data },
  };
  return Buffer.concat([ERROR_HEAD, id, Buffer.from(`,"error":${JSON.stringify(error)}}`)]);
}

/** A result of the gateway's own as bytes. `resultJson` is JSON text. */
export function resultBody(id: Buffer, resultJson: string): Buffer {
  return Buffer.concat([ERROR_HEAD, id, Buffer.from(`,"result":${resultJson}}`)]);
}

const ERROR_HEAD = Buffer.from('{"jsonrpc":"2.0","id":');
