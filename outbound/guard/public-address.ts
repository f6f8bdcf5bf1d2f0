/**
 * Which IP addresses belong to the public internet. Everything else is refused: private, loopback, link-local (cloud metadata
 * at 169.254.169.254 is one), unique-local (fd00:ec2::254), shared (100.64/10), multicast, broadcast, documentation,
 * benchmarking and reserved ranges, and IPv6 addresses that carry an IPv4 one inside (mapped, NAT64, 6to4, Teredo): their
 * real target depends on a gateway that we do not see.
 */
import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** IANA has given out only this block of IPv6 for public unicast (2000::/3); outside of it ipaddr.js says "unicast" to what is not assigned. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/** Azure's platform answers each of its machines here (WireServer: keys, extensions' secrets); public by range, private by effect. */
const azurePlatform = '168.63.129.16';

/** @param text As Node's resolver gives it, or the host of a WHATWG URL without brackets. @returns undefined for names. */
export function parseAddress(text: string): Address | undefined {
  // isIPv4 of ipaddr.js takes 0177.1 too; the strict form is the only one that the resolver and WHATWG URLs give.
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : undefined;
}

export function isPublicAddress(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return isIPv6(address) ? address.match(globalUnicast) : address.toString() !== azurePlatform;
}

/** `::ffff:10.0.0.1` reaches 10.0.0.1: what is said of that address holds for it. */
export function unmapped(address: Address): Address {
  return isIPv6(address) && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function isIPv6(address: Address): address is ipaddr.IPv6 {
  return address.kind() === 'ipv6';
}
