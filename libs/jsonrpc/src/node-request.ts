import type { Call } from './frame.js';

/**
 * The text to relay for one call: the caller's own bytes with `id` in the place of the caller's id, or added where
 * there was none. Nodes re-encode numbers through float64, so their id is always ours and small; the caller's
 * returns by {@link spliceId}.
 */
export function nodeRequestText(body: Buffer, call: Call, id: string): string {
  const { start, end } = call.span;
  if (call.id === null) {
    return `${body.toString('utf8', start, call.membersAt)}"id":${id},${body.toString('utf8', call.membersAt, end)}`;
  }
  return `${body.toString('utf8', start, call.id.start)}${id}${body.toString('utf8', call.id.end, end)}`;
}

/** The caller's id as bytes; `null` when there is none to give back. */
export function idBytes(body: Buffer, call: Call): Buffer {
  return call.id === null ? NULL_ID_BYTES : body.subarray(call.id.start, call.id.end);
}

/** The id of an answer whose caller's id could not be read. */
export const NULL_ID_BYTES: Buffer = Buffer.from('null');
