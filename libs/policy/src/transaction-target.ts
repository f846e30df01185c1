/** Position of `to` in each transaction type's list (EIP-2718 types 1 to 4; null: the legacy list). */
const TARGET_POSITION: Readonly<Record<number, number>> = { 1: 4, 2: 5, 3: 5, 4: 5 };
const LEGACY_POSITION = 3;

/** The receiver of a signed transaction in hex, lower case; null for a contract creation or bytes that cannot be read. */
export function transactionTarget(rawHex: string): string | null {
  if (!/^0x(?:[0-9a-fA-F]{2})+$/.test(rawHex)) return null;
  const bytes = Buffer.from(rawHex.slice(2), 'hex');
  const type = bytes[0] ?? 0;
  const position = type >= 0xc0 ? LEGACY_POSITION : TARGET_POSITION[type];
  if (position === undefined) return null;
  let list = item(bytes, type >= 0xc0 ? 0 : 1);
  // A blob transaction travels wrapped: [transaction, blobs, commitments, proofs].
  if (type === 3 && list?.isList) {
    const first = item(bytes, list.start);
    if (first?.isList) list = first;
  }
  if (!list?.isList) return null;
  let at = list.start;
  for (let index = 0; index < position; index += 1) {
    const skipped = item(bytes, at);
    if (skipped === null || skipped.end > list.end) return null;
    at = skipped.end;
  }
  const target = item(bytes, at);
  if (target === null || target.isList || target.end > list.end || target.end - target.start !== 20) return null;
  return `0x${bytes.toString('hex', target.start, target.end)}`;
}

/** The RLP item at `at`: where its payload lies. */
function item(
  bytes: Buffer,
  at: number,
): { readonly isList: boolean; readonly start: number; readonly end: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 0x80) return { isList: false, start: at, end: at + 1 };
  const isList = first >= 0xc0;
  const short = first - (isList ? 0xc0 : 0x80);
  let [start, length] = [at + 1, short];
  if (short > 55) {
    const size = short - 55;
    if (size > 4 || at + 1 + size > bytes.length) return null;
    length = bytes.readUIntBE(at + 1, size);
    start = at + 1 + size;
  }
  return start + length <= bytes.length ? { isList, start, end: start + length } : null;
}
