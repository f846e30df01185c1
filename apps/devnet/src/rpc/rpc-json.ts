import { LedgerRefusedError, UnknownHeightError } from '#libs/ledger';
import { DecodeError, ProtocolError, formatSdkError } from '#libs/protocol';
import { z } from 'zod';
import { goJsonStringify } from '../node/go-json.js';

/** What may stand in an answer; bigint is an integer that pocket-core would send as a JSON number. */
export type RpcValue =
  string | number | bigint | boolean | null | readonly RpcValue[] | { readonly [key: string]: RpcValue | undefined };

/** An answer of the RPC before it is written. */
export interface RpcAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * An answer as pocket-core writes it: sorted keys, a newline at the end, and every number through float64, so that
 * integers beyond 2^53 arrive as imprecise as they do from a stock node (morse-protocol.md, section 5.8).
 */
export function rpcAnswer(value: RpcValue, status = 200): RpcAnswer {
  return { status, body: `${goJsonStringify(toGeneric(value)) ?? 'null'}\n` };
}

/** A refusal in the RPC's own envelope. */
export function rpcRefusal(error: {
  readonly codespace: string;
  readonly code: number;
  readonly message: string;
}): RpcAnswer {
  return rpcAnswer({ code: 400, message: formatSdkError(error) }, 400);
}

/** The answer to whatever a route threw; null for an error that is nobody's fault but ours. */
export function rpcAnswerForError(error: unknown): RpcAnswer | null {
  if (error instanceof ProtocolError || error instanceof LedgerRefusedError) return rpcRefusal(error);
  if (error instanceof UnknownHeightError) return rpcRefusal({ codespace: 'sdk', code: 1, message: error.message });
  if (error instanceof DecodeError || error instanceof RequestError) {
    return rpcAnswer({ code: 400, message: error.message }, 400);
  }
  return null;
}

/** The request does not have the documented form. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** The request body against its schema; an empty body means defaults, as with pocket-core. Throws {@link RequestError}. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> {
  let value: unknown = {};
  if (body.trim() !== '') {
    try {
      value = JSON.parse(body);
    } catch {
      throw new RequestError('the request body is not JSON');
    }
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RequestError(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}

function toGeneric(value: RpcValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(toGeneric);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value as Record<string, RpcValue | undefined>)
        .filter((entry): entry is [string, RpcValue] => entry[1] !== undefined)
        .map(([key, member]) => [key, toGeneric(member)]),
    );
  }
  return value;
}
