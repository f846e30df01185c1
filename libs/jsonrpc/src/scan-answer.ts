import type { Span } from './frame.js';
import { JSON_BYTE, JsonCursor } from './json-cursor.js';
import { decodeString } from './scan-frame.js';

const { QUOTE, COMMA, COLON, OPEN_OBJECT, CLOSE_OBJECT } = JSON_BYTE;

/** Answers may nest deeper than requests (call traces do); the bound only protects the stack. */
const ANSWER_DEPTH_MAX = 512;
/** Characters of an error's message that are looked at. */
const MESSAGE_CHARS_MAX = 512;

/** Why a text is not an answer to the call. */
export type AnswerFault = 'empty' | 'html' | 'not-json' | 'not-an-answer' | 'wrong-id' | 'result-and-error' | 'version';

/** The envelope of a node's answer. */
export type AnswerScan =
  | {
      readonly ok: true;
      /** Where the id stands. */
      readonly id: Span;
      /** The error's code and message, null for a result. */
      readonly error: { readonly code: number | null; readonly message: string } | null;
      /** Where the result stands, null for an error. */
      readonly result: Span | null;
    }
  | { readonly ok: false; readonly fault: AnswerFault };

/**
 * Checks that `answer` is one whole JSON-RPC answer to the call with `expectedId`: valid JSON, that id, result xor
 * error. A `null` beside the other member (JSON-RPC 1.0) is taken as absent.
 */
export function scanAnswer(answer: Buffer, expectedId: string, versionOptional = false): AnswerScan {
  const cursor = new JsonCursor(answer, ANSWER_DEPTH_MAX);
  const first = cursor.peek();
  if (first === -1) return { ok: false, fault: 'empty' };
  if (first === 0x3c) return { ok: false, fault: 'html' };
  if (first !== OPEN_OBJECT) {
    const json = cursor.skipValue(0) && cursor.atEnd();
    return { ok: false, fault: json ? 'not-an-answer' : 'not-json' };
  }
  let id: Span | null = null;
  let result: Span | null = null;
  let error: Span | null = null;
  let version = false;
  let repeated = false;
  cursor.at += 1;
  if (cursor.peek() === CLOSE_OBJECT) return { ok: false, fault: 'not-an-answer' };
  for (;;) {
    if (cursor.peek() !== QUOTE) return { ok: false, fault: 'not-json' };
    const keyStart = cursor.at;
    if (!cursor.skipString()) return { ok: false, fault: 'not-json' };
    const keyLength = cursor.at - keyStart - 2;
    const name = keyLength <= 7 ? answer.toString('latin1', keyStart + 1, keyStart + 1 + keyLength) : '';
    if (!cursor.take(COLON)) return { ok: false, fault: 'not-json' };
    cursor.peek();
    const start = cursor.at;
    if (!cursor.skipValue(1)) return { ok: false, fault: 'not-json' };
    const span = { start, end: cursor.at };
    if (name === 'id') {
      repeated ||= id !== null;
      id = span;
    } else if (name === 'result') {
      repeated ||= result !== null;
      result = span;
    } else if (name === 'error') {
      repeated ||= error !== null;
      error = span;
    } else if (name === 'jsonrpc') {
      version = answer.toString('latin1', span.start, span.end) === '"2.0"';
    }
    const next = cursor.peek();
    cursor.at += 1;
    if (next === CLOSE_OBJECT) break;
    if (next !== COMMA) return { ok: false, fault: 'not-json' };
  }
  if (!cursor.atEnd()) return { ok: false, fault: 'not-json' };
  if (repeated) return { ok: false, fault: 'not-an-answer' };
  if (!version && !versionOptional) return { ok: false, fault: 'version' };
  if (error !== null && isNull(answer, error)) error = null;
  if (error !== null && result !== null) {
    if (!isNull(answer, result)) return { ok: false, fault: 'result-and-error' };
    result = null;
  }
  if (error === null && result === null) return { ok: false, fault: 'not-an-answer' };
  if (id === null) return { ok: false, fault: 'wrong-id' };
  if (answer.toString('latin1', id.start, id.end) !== expectedId) return { ok: false, fault: 'wrong-id' };
  if (error !== null) {
    const read = readError(answer, error);
    return read === null ? { ok: false, fault: 'not-an-answer' } : { ok: true, id, error: read, result: null };
  }
  return { ok: true, id, error: null, result };
}

function isNull(bytes: Buffer, span: Span): boolean {
  return span.end - span.start === 4 && bytes[span.start] === 0x6e;
}

/** Code and message of an error object that is known to be valid JSON; null when it is no object. */
function readError(answer: Buffer, span: Span): { code: number | null; message: string } | null {
  if (answer[span.start] !== OPEN_OBJECT) return null;
  const cursor = new JsonCursor(answer, ANSWER_DEPTH_MAX);
  let code: number | null = null;
  let message = '';
  cursor.at = span.start + 1;
  if (cursor.peek() === CLOSE_OBJECT) return { code, message };
  for (;;) {
    cursor.peek();
    const keyStart = cursor.at;
    if (!cursor.skipString()) return null;
    const name = answer.toString('latin1', keyStart + 1, Math.min(cursor.at - 1, keyStart + 9));
    cursor.take(COLON);
    cursor.peek();
    const start = cursor.at;
    if (!cursor.skipValue(1)) return null;
    if (name === 'code') {
      const value = Number(answer.toString('latin1', start, cursor.at));
      code = Number.isSafeInteger(value) ? value : null;
    } else if (name === 'message' && answer[start] === QUOTE) {
      message = decodeString(answer, start, cursor.at).slice(0, MESSAGE_CHARS_MAX);
    }
    const next = cursor.peek();
    cursor.at += 1;
    if (next !== COMMA) return { code, message };
  }
}

/** The answer's own bytes with the caller's id in the place of ours. */
export function spliceId(answer: Buffer, at: Span, id: Buffer): Buffer {
  const spliced = Buffer.allocUnsafe(answer.length - (at.end - at.start) + id.length);
  answer.copy(spliced, 0, 0, at.start);
  id.copy(spliced, at.start);
  answer.copy(spliced, at.start + id.length, at.end);
  return spliced;
}

/**
 * Joins the answers of a batch in the order of its calls; null entries are notifications and left out.
 * Null when nothing is left: a batch of notifications has no answer at all.
 */
export function joinBatch(answers: readonly (Buffer | null)[]): Buffer | null {
  const parts: Buffer[] = [];
  for (const answer of answers) {
    if (answer === null) continue;
    parts.push(parts.length === 0 ? OPEN : SEPARATOR, answer);
  }
  if (parts.length === 0) return null;
  parts.push(CLOSE);
  return Buffer.concat(parts);
}

const OPEN = Buffer.from('[');
const SEPARATOR = Buffer.from(',');
const CLOSE = Buffer.from(']');
