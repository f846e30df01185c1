import { isUtf8 } from 'node:buffer';
import { compareUtf8, goString } from '#libs/protocol';

/**
 * The text that a stock node signs and returns for a chain's answer when its option `json_sort_relay_responses` is on
 * (the default): an answer that is one JSON object is decoded to a generic Go map and encoded again, so keys come out
 * sorted by bytes, numbers go through float64 and HTML characters are escaped. Everything else (arrays, plain text,
 * broken JSON, numbers beyond float64) passes unchanged. Facts: morse-protocol.md, section 5.4.
 */
export function sortJsonResponse(response: string): string {
  const first = firstNonBlank(response);
  if (first !== OPENING_BRACE) return first === LETTER_N && response.trim() === 'null' ? 'null' : response;
  let value: unknown;
  try {
    value = JSON.parse(response);
  } catch {
    return response;
  }
  return goJsonStringify(value) ?? response;
}

/**
 * JSON as Go's `encoding/json` (up to 1.21) writes generic values: sorted keys, `<`, `>`, `&`, U+2028 and U+2029
 * escaped, control characters as `\u00xx` but for `\n`, `\r`, `\t`. Returns null for a number that float64 cannot hold,
 * which Go refuses to decode.
 */
export function goJsonStringify(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return goString(value);
    case 'number':
      if (!Number.isFinite(value)) return null;
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? goArray(value) : goObject(value as Record<string, unknown>);
    default:
      return null;
  }
}

/**
 * The bytes of a chain's answer as Go turns them into text: each byte that does not belong to valid UTF-8 becomes one
 * U+FFFD (WHATWG decoders would fold a broken sequence into one). `valid` tells whether there was none, since a node
 * signs the broken ones as the escape `\ufffd`.
 */
export function goText(bytes: Uint8Array): { readonly text: string; readonly valid: boolean } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return { text: buffer.toString('utf8'), valid: true };
  let text = '';
  for (let at = 0; at < buffer.length;) {
    const length = sequenceLength(buffer[at] as number);
    const slice = buffer.subarray(at, at + length);
    if (length > 0 && slice.length === length && isUtf8(slice)) {
      text += slice.toString('utf8');
      at += length;
    } else {
      text += '\ufffd';
      at += 1;
    }
  }
  return { text, valid: false };
}

const OPENING_BRACE = 0x7b;
const LETTER_N = 0x6e;

const UNPAIRED_SURROGATE = /\p{Surrogate}/gu;

function firstNonBlank(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code;
  }
  return -1;
}

function goArray(values: readonly unknown[]): string | null {
  let text = '[';
  for (let at = 0; at < values.length; at += 1) {
    const encoded = goJsonStringify(values[at]);
    if (encoded === null) return null;
    text += at === 0 ? encoded : `,${encoded}`;
  }
  return `${text}]`;
}

function goObject(value: Record<string, unknown>): string | null {
  // Two escapes of one unpaired surrogate are one key to Go and the later one wins, as in the map below.
  const members = new Map<string, unknown>();
  for (const key of Object.keys(value)) members.set(key.replace(UNPAIRED_SURROGATE, '\ufffd'), value[key]);
  let text = '{';
  for (const key of [...members.keys()].sort(compareUtf8)) {
    const encoded = goJsonStringify(members.get(key));
    if (encoded === null) return null;
    text += `${text.length === 1 ? '' : ','}${goString(key)}:${encoded}`;
  }
  return `${text}}`;
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}
