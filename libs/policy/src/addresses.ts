import { BlockList, isIP } from 'node:net';

/** Addresses and CIDR ranges as one set. @throws RangeError for a text that is neither */
export function addressSet(entries: readonly string[]): { has(address: string): boolean } {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits, ...rest] = entry.split('/');
    const family = isIP(address);
    const limit = family === 4 ? 32 : 128;
    const isRange = bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= limit);
    if (family === 0 || rest.length > 0 || !isRange || address.includes('%'))
      throw new RangeError(`no address or CIDR range: ${entry}`);
    list.addSubnet(address, bits === undefined ? limit : Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  }
  return {
    has(address) {
      const plain = unmapped(address);
      const family = isIP(plain);
      return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

/**
 * The caller's address: the peer's, or, where the peer is a proxy of ours, the last entry of `X-Forwarded-For` that is not.
 * What callers wrote further left is never believed.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  trusted: { has(address: string): boolean } | null,
): string {
  let address = unmapped(peer);
  if (trusted === null || forwardedFor === undefined) return address;
  for (const entry of forwardedFor.split(',').toReversed()) {
    if (!trusted.has(address)) return address;
    const next = unmapped(entry.trim());
    // A chain with a hole says nothing about what lies beyond it.
    if (isIP(next) === 0) return address;
    address = next;
  }
  return address;
}

/** An IPv4 address as itself, however a dual-stack socket writes it. */
function unmapped(address: string): string {
  const match = /^::ffff:([0-9.]+)$/i.exec(address);
  return match?.[1] ?? address;
}
