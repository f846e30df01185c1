import type { AlertErrorCode } from '#libs/alerts';
import type { TenancyErrorCode } from '#libs/tenancy';
import { z } from 'zod';

/** HTTP status, what happened, and what a caller does about it. */
export type ProblemWords = readonly [status: number, happened: string, remedy?: string];

/** Every code that this API answers with. Codes never change meaning. */
export const PROBLEMS = {
  invalid: [
    400,
    'The request does not fit the documented shape: a field is missing, unknown or out of bounds.',
    'Read `errors`: each entry names a place in the request and what is expected there. Correct it and send the request again.',
  ],
  'chain-unknown': [
    400,
    'No chain has this name.',
    'Take one of `closest`, or any slug, alias, EVM chain id or relay chain id of `GET /v1/chains`.',
  ],
  'aat-invalid': [
    400,
    'The application authentication token does not verify: its signature is not the application’s over the other fields.',
    'Sign it again with the application’s key, version 0.0.1.',
  ],
  'aat-for-another-gateway': [
    400,
    'The application authentication token names another gateway’s client key.',
    'Sign one whose `client_pub_key` is `gatewayClientPublicKey` of `GET /v1/network`.',
  ],
  'webhook-url-refused': [
    400,
    'A webhook may not have this URL: alerts go to https addresses of the public internet alone; `detail` says what is wrong.',
    'Give an https URL with a public DNS name, on a port that the operator allows.',
  ],
  'confirmation-wrong': [
    400,
    'This is not the code of the last confirmation mail to that address.',
    'Take the code of the newest mail, or have another one sent.',
  ],
  unauthenticated: [
    401,
    'The request carries no credential, or one that is unknown, expired or revoked.',
    'Send `Authorization: Bearer <token>` with a valid token. An expired service token is replaced by a new one.',
  ],
  forbidden: [
    403,
    'The credential is valid and may not do this.',
    '`detail` names the permission that it lacks. Ask an owner, an admin or an operator for a role or a token that has it.',
  ],
  'not-found': [
    404,
    'There is nothing at this address, or it belongs to another tenant: both answer alike.',
    'Check the ids in the path and whose credential is used. Lists show what the credential may see.',
  ],
  'method-not-allowed': [
    405,
    'This address does not take this method.',
    'Look the operation up in the documentation and send the method that stands there.',
  ],
  'events-gone': [
    410,
    'Events after the sequence asked for were kept for their time and are removed.',
    'Read the days up to then from usage, which is kept, and go on with `after` one below `oldest`.',
  ],
  'application-not-staked': [
    409,
    'The ledger knows no such staked application.',
    'Stake the application first, wait for the block, and ask again.',
  ],
  'application-registered': [
    409,
    'The application is registered already.',
    'Use the registered one; `GET …/applications` lists it for the tenant that has it.',
  ],
  'application-unstaking': [
    409,
    'The stake is on its way back, and the network takes a new one only once that is over.',
    'Wait for the unstaking time to pass, or create another application.',
  ],
  'not-managed': [
    409,
    'The application’s key is not held here, so no transaction can be signed for it.',
    'Its owner sends the transaction; the stake shows here once it is in a block.',
  ],
  'stake-lower': [
    409,
    'A stake can only be raised, and this one would be lower than now.',
    'Send the new total, not the difference. To get POKT back, unstake.',
  ],
  'channel-limit': [
    409,
    'The tenant has as many alert channels, or the address as many confirmation mails, as are allowed.',
    'Delete a channel that is not needed any more.',
  ],
  'channel-state': [
    409,
    'The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.',
    'Look at its `kind` and `status`: confirm or enable it first, or make another channel.',
  ],
  'already-revoked': [409, 'It is revoked already.', 'Nothing is left to do.'],
  'plan-exists': [409, 'Another plan has this name.', 'Take another name, or change that plan.'],
  'plan-retired': [
    409,
    'The plan is retired: tenants keep it, no other gets it.',
    'Take another plan of `GET /v1/plans`.',
  ],
  'tenant-deleting': [
    409,
    'The tenant is being deleted; `deletesAt` says when it ends.',
    '`POST /v1/tenants/{tenantId}/restore` takes the deletion back; then ask again.',
  ],
  'tenant-deleted': [
    409,
    'The tenant is gone for good; only its usage and its audit entries are left.',
    'Create a new tenant.',
  ],
  'not-deleting': [409, 'Nothing to do: no deletion was asked for.'],
  'key-erased': [409, 'The application’s key was erased with its tenant.', 'Create a new application.'],
  'application-staked': [
    409,
    'The application’s POKT is staked.',
    'Unstake it first, and wait for the unstaking time.',
  ],
  'idempotency-key-reused': [
    409,
    'The Idempotency-Key was used for another request within the last 24 hours.',
    'Use a new key for a new request, and the same key only to repeat the very same one.',
  ],
  'stake-refused': [
    409,
    'The ledger refused a transaction; `detail` gives its reason, `ledgerCode` and `codespace` its code.',
    'Remove the reason and ask again, or continue with `…/settle`: what was paid is not paid twice.',
  ],
  'treasury-short': [
    409,
    'The operator’s treasury cannot pay for the stake and its fee.',
    'Fund the account `treasuryAddress` of `GET /v1/network` and ask again.',
  ],
  'job-not-failed': [
    409,
    'Only a failed job can be retried or removed, and this one is in another state.',
    'Look at the queue again: the job may be running, or done.',
  ],
  'already-member': [409, 'The person is a member of the tenant already.', 'Change the member’s role instead.'],
  'invitation-unusable': [
    409,
    'The invitation is used, revoked or past its end.',
    'Ask whoever sent it for a new one.',
  ],
  'last-owner': [409, 'The tenant would be left without an owner.', 'Make another member owner first.'],
  'version-changed': [
    412,
    'It was changed since it was read, or If-Match names no version of it. `etag` is the present one.',
    'Read it again and decide whether the change is still wanted; then send it with the new ETag.',
  ],
  'too-large': [413, 'The body is larger than 256 KiB.', 'Send less in one request.'],
  'media-type': [
    415,
    'The body is of a media type that this API does not read.',
    'Send JSON with `Content-Type: application/json`.',
  ],
  internal: [
    500,
    'A fault of this API; its cause is in the operator’s log under the request id.',
    'Report the `requestId` to the operator. Repeating a change with its Idempotency-Key is safe.',
  ],
  'alerts-off': [
    503,
    'The operator has not set ALERTS_KEK, so that alert channels cannot be made.',
    'Ask the operator to set it for the admin API and the worker.',
  ],
  'ledger-unreachable': [
    503,
    'The network’s RPC did not answer. What was asked is kept.',
    'Ask again with the same Idempotency-Key: the request goes on where it stopped, and nothing is paid twice.',
  ],
  'queue-unavailable': [
    503,
    'Redis does not answer, so queues and live views cannot be read.',
    'Ask again in a moment. Relays go on meanwhile: gateways keep their receipts on disk.',
  ],
  unavailable: [
    503,
    'A service behind this API is away, or as many long answers run as may run at once.',
    'Ask again in a moment.',
  ],
} as const satisfies Record<AlertErrorCode | TenancyErrorCode | (string & {}), ProblemWords>;

/** What happened, and what to do about it. */
export function problemWords(code: ProblemCode): { readonly happened: string; readonly remedy: string } {
  const [, happened, remedy]: ProblemWords = PROBLEMS[code];
  if (remedy !== undefined) return { happened, remedy };
  const [first = '', ...rest] = happened.split(/(?<=\.) /);
  return { happened: first, remedy: rest.join(' ') };
}

/** One of {@link PROBLEMS}. */
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457 body of every error answer. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe('Address of the explanation of this code'),
    title: z.string().describe('The code in words'),
    status: z.int().describe('HTTP status of the answer'),
    code: z.string().describe('Stable code to tell cases apart by'),
    detail: z.string().describe('What happened in this case'),
    docs: z.string().describe('The same as `type`'),
    requestId: z.string().describe('Name this when reporting a fault'),
    errors: z
      .array(
        z.object({
          path: z.string().describe('Place in the body, the query or the path; empty for the whole'),
          message: z.string().describe('What is expected there'),
        }),
      )
      .optional()
      .describe('With `invalid`: each place that does not fit, at most 50'),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: '/problems/not-found',
        title: 'Not found',
        status: 404,
        code: 'not-found',
        detail: 'There is no such tenant.',
        docs: '/problems/not-found',
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
  const title = problemTitle(code);
  const docs = problemPath(code);
  const own = { type: docs, title, status: PROBLEMS[code][0], code, detail, docs, requestId };
  return { ...own, ...details, ...own };
}

/** Path of the page that explains a code. */
export function problemPath(code: string): string {
  return `/problems/${code}`;
}

/** A code in words: `not-found` → `Not found`. */
export function problemTitle(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');
}
