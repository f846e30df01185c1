import type { TenancyErrorCode } from '#libs/tenancy';
import { z } from 'zod';

/** Every code that this API answers with, its HTTP status, and what a caller does about it. Codes never change meaning. */
export const PROBLEMS = {
  invalid: [400, 'The request does not fit the documented shape. `errors` names each place.'],
  'chain-unknown': [400, 'No chain has this name. `closest` lists similar ones; `GET /v1/chains` lists all.'],
  'aat-invalid': [
    400,
    'The application authentication token does not verify. Sign it again with the application’s key.',
  ],
  'aat-for-another-gateway': [400, 'The token names another client key. Sign one for the key at `GET /v1/network`.'],
  unauthenticated: [401, 'Send `Authorization: Bearer <token>` with a valid token.'],
  forbidden: [403, 'The token may not do this. Ask an operator for one with the scope named in `detail`.'],
  'not-found': [404, 'There is nothing at this address, or it is not yours.'],
  'method-not-allowed': [405, 'This address does not take this method.'],
  'application-not-staked': [409, 'The ledger knows no such staked application. Stake it first.'],
  'application-registered': [409, 'The application is registered already; use it instead of adding it again.'],
  'application-unstaking': [409, 'The stake is on its way back; the network takes a new one once that is over.'],
  'not-managed': [409, 'The application’s key is not held here, so its owner must send the transaction.'],
  'stake-lower': [409, 'A stake can only be raised. Unstake to get POKT back.'],
  'already-revoked': [409, 'Nothing to do: it is revoked.'],
  'idempotency-key-reused': [409, 'The Idempotency-Key belongs to another request. Use a new one.'],
  'stake-refused': [409, 'The ledger refused a transaction; `detail` gives its reason. Correct it and ask again.'],
  'treasury-short': [409, 'The operator’s treasury cannot pay. Fund it and ask again.'],
  'version-changed': [
    412,
    'It was changed since you read it, or If-Match names no version of it. `etag` is the present one: read it again, then decide.',
  ],
  'too-large': [413, 'The body is larger than 256 KiB.'],
  'media-type': [415, 'Send `Content-Type: application/json`.'],
  internal: [500, 'A fault of this API. Report the request id to its operator.'],
  'ledger-unreachable': [
    503,
    'The network’s RPC did not answer. What was asked is kept; ask again with the same Idempotency-Key.',
  ],
  unavailable: [503, 'A service behind this API is away. Ask again in a moment.'],
} as const satisfies Record<TenancyErrorCode | (string & {}), readonly [number, string]>;

/** One of {@link PROBLEMS}. */
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457 body of every error answer. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe('Address of the explanation of this code'),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable code to tell cases apart by'),
    detail: z.string(),
    docs: z.string(),
    requestId: z.string().describe('Name this when reporting a fault'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: '/problems#not-found',
        title: 'Not found',
        status: 404,
        code: 'not-found',
        detail: 'There is no such tenant.',
        docs: '/problems#not-found',
        requestId: '3f0c8a52b1d94e0f8f7a2f1f64f0a7c1',
      },
    ],
  });

/** A refusal with one of our codes. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
  }
}

/** The body for a code. */
export function problemBody(
  code: ProblemCode,
  detail: string,
  requestId: string,
  details: Readonly<Record<string, unknown>> = {},
): z.infer<typeof problemSchema> {
  const title = code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
  const docs = `/problems#${code}`;
  return { ...details, type: docs, title, status: PROBLEMS[code][0], code, detail, docs, requestId };
}
