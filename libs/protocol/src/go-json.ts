/** Characters that Go's encoder writes otherwise than raw. Surrogates are included because unpaired ones are replaced. */
// eslint-disable-next-line no-control-regex
const NEEDS_WORK = /[\u0000-\u001f"\\<>&\u2028\u2029\ud800-\udfff]/;
const UNPAIRED = /\p{Surrogate}/gu;
const HTML = /[<>&\u2028\u2029]/g;
const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** How a node's Go version writes the bytes 8 and 12: `\u0008` and `\u000c` up to Go 1.21, `\b` and `\f` from 1.22 on. */
export type GoJsonDialect = 'go1.21' | 'go1.22';

/**
 * A text as Go's `encoding/json` writes it, with quotes (section 5.2): `<`, `>`, `&`, U+2028 and U+2029 escaped, unpaired
 * surrogates replaced by U+FFFD.
 */
export function goString(text: string, dialect: GoJsonDialect = 'go1.21'): string {
  if (!NEEDS_WORK.test(text)) return `"${text}"`;
  let encoded = JSON.stringify(text.replace(UNPAIRED, '\ufffd'));
  if (encoded.search(HTML) !== -1) encoded = encoded.replace(HTML, (character) => HTML_ESCAPES[character] ?? character);
  if (dialect === 'go1.21' && (text.includes('\b') || text.includes('\f'))) {
    encoded = encoded.replace(/\\(?:\\|b|f)/g, (escape) =>
      escape === '\\b' ? '\\u0008' : escape === '\\f' ? '\\u000c' : escape,
    );
  }
  return encoded;
}

/** Order of Go's map keys: by UTF-8 bytes, which is not the order of UTF-16 code units beyond the basic plane. */
export function compareUtf8(left: string, right: string): number {
  return left === right ? 0 : Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));
}

/** A string map as Go writes it: `null`, or keys sorted by bytes. Keys equal after surrogate replacement keep the last. */
export function goStringMap(map: Readonly<Record<string, string>> | null, dialect: GoJsonDialect = 'go1.21'): string {
  if (map === null) return 'null';
  const keys = Object.keys(map);
  if (keys.length === 0) return '{}';
  if (keys.length > 1) keys.sort(compareUtf8);
  let text = '';
  for (const key of keys)
    text += `${text === '' ? '{' : ','}${goString(key, dialect)}:${goString(map[key] ?? '', dialect)}`;
  return `${text}}`;
}

/** A value that {@link goSortedJson} writes. Integers are bigint or safe numbers; anything inexact is refused. */
export type GoJsonValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | readonly GoJsonValue[]
  | { readonly [key: string]: GoJsonValue | undefined };

/** JSON with keys sorted at all levels and no spaces, as pocket-core signs transactions (section 1). */
export function goSortedJson(value: GoJsonValue): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return goString(value);
    case 'bigint':
      return value.toString();
    case 'number':
      if (!Number.isSafeInteger(value))
        throw new RangeError('only safe integers and bigint are written as JSON numbers');
      return value.toString();
    case 'boolean':
      return value ? 'true' : 'false';
    default: {
      if (isArray(value)) return `[${value.map(goSortedJson).join(',')}]`;
      const members = Object.entries(value)
        .filter((entry): entry is [string, GoJsonValue] => entry[1] !== undefined)
        .sort(([left], [right]) => compareUtf8(left, right));
      return `{${members.map(([key, member]) => `${goString(key)}:${goSortedJson(member)}`).join(',')}}`;
    }
  }
}

function isArray(value: object): value is readonly GoJsonValue[] {
  return Array.isArray(value);
}
