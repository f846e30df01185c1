import { type JsonNode, compareUtf8, readJson } from '#libs/protocol';

/** Answers may be large; the reading is bounded by what a node may answer at all. */
const DEPTH_MAX = 512;

/**
 * One text for all spellings of a JSON value: members sorted by key, no white space, numbers with the digits they came with.
 * Null when the bytes are no JSON. Addresses and hashes keep their case: `0xAB` and `0xab` are two strings.
 */
export function canonicalJson(bytes: Buffer): string | null {
  try {
    return written(readJson(bytes, { bytesMax: bytes.length, depthMax: DEPTH_MAX }));
  } catch {
    return null;
  }
}

function written(node: JsonNode): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'bool':
      return String(node.value);
    case 'number':
      return node.raw;
    case 'string':
      return JSON.stringify(node.value);
    case 'array':
      return `[${node.items.map(written).join(',')}]`;
    case 'object':
      return `{${node.members
        .toSorted((a, b) => compareUtf8(a.key, b.key))
        .map(({ key, value }) => `${JSON.stringify(key)}:${written(value)}`)
        .join(',')}}`;
  }
}
