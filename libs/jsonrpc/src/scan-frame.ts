import { isUtf8 } from 'node:buffer';
import type { Call, CallFault, Frame, Span } from './frame.js';
import { JSON_BYTE, JsonCursor } from './json-cursor.js';
import { DEFAULT_FRAME_LIMITS, type FrameLimits } from './limits.js';

const { QUOTE, BACKSLASH, COMMA, COLON, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT } = JSON_BYTE;

export interface ScanOptions {
  readonly limits?: FrameLimits;
  /** Chains that still speak JSON-RPC 1.0 (Bitcoin) leave `jsonrpc` out or write another version. */
  readonly versionOptional?: boolean;
}

/**
 * Reads a JSON-RPC body in one pass: the whole text is checked against the JSON grammar, and of each call only what
 * routing and policy need is read. Nothing is re-serialised, so numbers and escapes reach the node as the caller wrote them.
 *
 * A member that could be read as `id`, `method`, `params` or `jsonrpc` twice (repeated, or spelled so that a
 * case-insensitive decoder such as Go's would take it) is refused: nodes disagree on which one counts, and a policy
 * must not look at another method than the node runs.
 */
export function scanFrame(body: Buffer, options: ScanOptions = {}): Frame {
  const limits = options.limits ?? DEFAULT_FRAME_LIMITS;
  if (!isUtf8(body)) return malformed('parse', 'The body is not UTF-8 text.');
  const cursor = new JsonCursor(body, limits.depthMax);
  const first = cursor.peek();
  if (first === OPEN_ARRAY) return scanBatch(body, cursor, limits, options.versionOptional === true);
  if (first === OPEN_OBJECT) {
    const call = scanCall(body, cursor, 0, limits, options.versionOptional === true);
    if (call === null || !cursor.atEnd()) return grammarFault(cursor, limits);
    return { kind: 'single', call };
  }
  if (first === -1) return malformed('parse', 'The body is empty. Send one JSON-RPC 2.0 call or a batch of calls.');
  if (!cursor.skipValue(0) || !cursor.atEnd()) return grammarFault(cursor, limits);
  return malformed('request', 'A JSON-RPC 2.0 request is an object, a batch is an array of objects.');
}

function scanBatch(body: Buffer, cursor: JsonCursor, limits: FrameLimits, versionOptional: boolean): Frame {
  const calls: Call[] = [];
  let count = 0;
  cursor.at += 1;
  if (cursor.peek() === CLOSE_ARRAY) {
    cursor.at += 1;
    if (!cursor.atEnd()) return grammarFault(cursor, limits);
    return malformed('request', 'A batch must hold at least one call.');
  }
  for (;;) {
    count += 1;
    if (count > limits.batchIdsMax) {
      if (!cursor.skipValue(1)) return grammarFault(cursor, limits);
    } else {
      const call =
        cursor.peek() === OPEN_OBJECT ? scanCall(body, cursor, 1, limits, versionOptional) : scanNonObject(cursor);
      if (call === null) return grammarFault(cursor, limits);
      calls.push(call);
    }
    const next = cursor.peek();
    cursor.at += 1;
    if (next === CLOSE_ARRAY) break;
    if (next !== COMMA) return grammarFault(cursor, limits);
  }
  if (!cursor.atEnd()) return grammarFault(cursor, limits);
  if (count > limits.batchCallsMax) {
    return { kind: 'batch-too-long', calls: count > limits.batchIdsMax ? null : calls, count };
  }
  return { kind: 'batch', calls };
}

function scanNonObject(cursor: JsonCursor): Call | null {
  const start = cursor.at;
  if (!cursor.skipValue(1)) return null;
  return {
    span: { start, end: cursor.at },
    id: null,
    membersAt: start,
    method: '',
    params: null,
    notification: false,
    fault: { message: 'Each element of a batch must be an object.' },
  };
}

/** Scans an object that should be a call; null when the text is not JSON. */
function scanCall(
  body: Buffer,
  cursor: JsonCursor,
  depth: number,
  limits: FrameLimits,
  versionOptional: boolean,
): Call | null {
  const start = cursor.at;
  const membersAt = start + 1;
  let id: Span | null = null;
  let method: string | null = null;
  let params: Span | null = null;
  let versionSeen = false;
  let fault: CallFault | null = null;
  let seen = 0;

  cursor.at = membersAt;
  if (cursor.peek() === CLOSE_OBJECT) {
    cursor.at += 1;
  } else {
    for (;;) {
      if (cursor.peek() !== QUOTE) return null;
      const keyStart = cursor.at;
      if (!cursor.skipString()) return null;
      const member = memberOf(body, keyStart, cursor.at);
      if (!cursor.take(COLON)) return null;
      cursor.peek();
      const valueStart = cursor.at;
      if (!cursor.skipValue(depth + 1)) return null;
      const valueEnd = cursor.at;
      if (member !== Member.Other) {
        if (member === Member.Ambiguous) {
          fault ??= { message: 'Member names are case-sensitive: write "jsonrpc", "id", "method" and "params".' };
        } else if ((seen & member) !== 0) {
          fault ??= { message: 'The members "jsonrpc", "id", "method" and "params" may stand once each.' };
        } else if (member === Member.Id) {
          const lead = body[valueStart];
          if (lead === OPEN_OBJECT || lead === OPEN_ARRAY || lead === 0x74 || lead === 0x66) {
            fault ??= { message: 'The id must be a string, a number or null.' };
            id = NULL_ID;
          } else if (valueEnd - valueStart > limits.idBytesMax) {
            fault ??= { message: `The id is longer than ${limits.idBytesMax} bytes.` };
            id = NULL_ID;
          } else {
            id = { start: valueStart, end: valueEnd };
          }
        } else if (member === Member.Method) {
          if (body[valueStart] !== QUOTE) fault ??= { message: 'The method must be a string.' };
          else if (valueEnd - valueStart - 2 > limits.methodBytesMax)
            fault ??= { message: `The method's name is longer than ${limits.methodBytesMax} bytes.` };
          else method = decodeString(body, valueStart, valueEnd);
        } else if (member === Member.Params) {
          const lead = body[valueStart];
          if (lead !== OPEN_ARRAY && lead !== OPEN_OBJECT && lead !== 0x6e)
            fault ??= { message: 'The params must be an array or an object.' };
          params = { start: valueStart, end: valueEnd };
        } else {
          versionSeen = true;
          if (!versionOptional && !isVersion2(body, valueStart, valueEnd))
            fault ??= { message: 'The member "jsonrpc" must be "2.0".' };
        }
        seen |= member;
      }
      const next = cursor.peek();
      cursor.at += 1;
      if (next === CLOSE_OBJECT) break;
      if (next !== COMMA) return null;
    }
  }
  if (fault === null) {
    if (method === null || method === '') fault = { message: 'The member "method" is missing.' };
    else if (!versionSeen && !versionOptional) fault = { message: 'The member "jsonrpc" must be "2.0".' };
  }
  return {
    span: { start, end: cursor.at },
    id: id === NULL_ID ? null : id,
    membersAt,
    method: method ?? '',
    params,
    notification: id === null && fault === null,
    fault,
  };
}

/** Marks an id that is present but cannot be echoed. */
const NULL_ID: Span = { start: 0, end: 0 };

const Member = { Other: 0, Version: 1, Id: 2, Method: 4, Params: 8, Ambiguous: 16 } as const;
type Member = (typeof Member)[keyof typeof Member];

/** Which member a key names. `start` and `end` include the quotes. */
function memberOf(body: Buffer, start: number, end: number): Member {
  const length = end - start - 2;
  if (length === 2 && body[start + 1] === 0x69 && body[start + 2] === 0x64) return Member.Id;
  if (length < 2) return Member.Other;
  if (length === 6) {
    if (sameBytes(body, start + 1, 'method')) return Member.Method;
    if (sameBytes(body, start + 1, 'params')) return Member.Params;
  } else if (length === 7 && sameBytes(body, start + 1, 'jsonrpc')) {
    return Member.Version;
  }
  // An escape costs up to six bytes a character; longer keys cannot spell one of the four names.
  if (length > 42) return Member.Other;
  const name = decodeString(body, start, end);
  const folded = name.toLowerCase().replaceAll('\u017f', 's');
  if (folded !== 'id' && folded !== 'method' && folded !== 'params' && folded !== 'jsonrpc') return Member.Other;
  if (name !== folded) return Member.Ambiguous;
  return name === 'id'
    ? Member.Id
    : name === 'method'
      ? Member.Method
      : name === 'params'
        ? Member.Params
        : Member.Version;
}

function sameBytes(body: Buffer, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (body[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

function isVersion2(body: Buffer, start: number, end: number): boolean {
  if (end - start === 5) return sameBytes(body, start, '"2.0"');
  return body[start] === QUOTE && end - start <= 20 && decodeString(body, start, end) === '2.0';
}

/** Decodes a JSON string that the cursor has accepted; `start` and `end` include the quotes. */
export function decodeString(body: Buffer, start: number, end: number): string {
  for (let at = start + 1; at < end - 1; at += 1) {
    if (body[at] === BACKSLASH) return JSON.parse(body.toString('utf8', start, end)) as string;
  }
  return body.toString('utf8', start + 1, end - 1);
}

function grammarFault(cursor: JsonCursor, limits: FrameLimits): Frame {
  if (cursor.fault === 'depth') return malformed('size', `The body nests deeper than ${limits.depthMax} levels.`);
  return malformed('parse', `The body is not valid JSON near byte ${cursor.at}.`);
}

function malformed(reason: 'parse' | 'request' | 'size', message: string): Frame {
  return { kind: 'malformed', reason, message };
}
