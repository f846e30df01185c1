import { compareUtf8, goString } from './go-json.js';
import { type JsonNode, readJson } from './json-reader.js';

/** Answers above this size stay as they are; a node's own limit is far smaller. */
const RESPONSE_BYTES_MAX = 64 * 1024 * 1024;

/**
 * An answer as a node with `json_sort_relay_responses` signs and returns it (section 5.4): a JSON object is decoded to a
 * generic map and written again, keys sorted, every number through float64. Anything else passes unchanged. Challenges
 * compare answers in this form.
 */
export function sortRelayResponse(response: string): string {
  try {
    const node = readJson(Buffer.from(response, 'utf8'), { bytesMax: RESPONSE_BYTES_MAX, depthMax: 512 });
    // Go decodes `null` into a nil map, which it writes as null again.
    if (node.kind === 'null') return 'null';
    return node.kind === 'object' ? write(node) : response;
  } catch {
    return response;
  }
}

function write(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return node.value ? 'true' : 'false';
    case 'string':
      return goString(node.value);
    case 'number':
      return writeNumber(node.raw);
    case 'array':
      return `[${node.items.map(write).join(',')}]`;
    case 'object': {
      // A later member replaces an earlier one of the same name.
      const members = new Map(node.members.map(({ key, value }) => [key, value]));
      const keys = [...members.keys()].sort(compareUtf8);
      return `{${keys.map((key) => `${goString(key)}:${write(members.get(key) as JsonNode)}`).join(',')}}`;
    }
  }
}

/** Go and JavaScript print the shortest digits of a float64 alike, with exponents from 10^21 up and below 10^-6. */
function writeNumber(raw: string): string {
  const value = Number(raw);
  if (!Number.isFinite(value)) throw new RangeError('beyond float64');
  return Object.is(value, -0) ? '-0' : String(value);
}
