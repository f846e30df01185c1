import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Public addresses that lead into a cloud all the same: Azure's platform address. */
const CLOUD_ADDRESSES = new Set(['168.63.129.16']);

/** Everything that the internet's registries have given out of IPv6 so far. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Why an address is not one of the public internet, or null when it is. Nothing but global unicast passes: no private, loopback, link-local,
 * shared (CGNAT), multicast, broadcast, reserved or documentation range, and no IPv6 form that carries an IPv4 address
 * (mapped, compatible, translated, 6to4, Teredo, ISATAP), whichever IPv4 address that is.
 *
 * @param address as a resolver gives it; a text that is no plain address is refused too.
 */
export function addressFault(address: string): string | null {
  // Stricter than ipaddr.js, which reads 127.1 and 0x7f000001 as addresses.
  if (address.includes('%') || isIP(address) === 0) return 'no plain address';
  const parsed = ipaddr.parse(address);
  if (CLOUD_ADDRESSES.has(parsed.toString())) return 'a cloud’s own address';
  const range = parsed.range();
  if (range !== 'unicast') return range;
  if (!(parsed instanceof ipaddr.IPv6)) return null;
  if (!parsed.match(GLOBAL_UNICAST)) return 'outside of global unicast';
  // ISATAP (RFC 5214): the interface part says 0000:5efe or 0200:5efe and then an IPv4 address.
  const isIsatap = ((parsed.parts[4] ?? 0) & 0xfdff) === 0 && parsed.parts[5] === 0x5efe;
  return isIsatap ? 'isatap' : null;
}

/** True for an address of the machine itself. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && ipaddr.parse(address).range() === 'loopback';
}
