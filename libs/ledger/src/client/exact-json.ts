import { LedgerAnswerError } from '../errors.js';

/** A JSON string, or a JSON number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON without rounding: an integer of 16 digits or more becomes its decimal text, everything else is as in
 * `JSON.parse`. Throws `LedgerAnswerError` for text that is not JSON.
 */
export function parseExactJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(TOKEN, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
  } catch (cause) {
    throw new LedgerAnswerError('the answer is not JSON', { cause });
  }
}
