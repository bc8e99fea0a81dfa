import ipaddr from 'ipaddr.js';

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const ownNetwork = new Set(['loopback', 'private', 'uniqueLocal']);

/**
 * Whether an IP address belongs to a host on the open internet.
 *
 * IPv4 by exclusion of every special range. IPv6 by inclusion of 2000::/3 less its special ranges,
 * so that no form which carries an IPv4 address passes: mapped, compatible, NAT64, 6to4, Teredo.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}

/** Whether an IP address belongs to this machine or its own network: loopback, RFC 1918, unique local. */
export function isOwnNetworkAddress(address: string): boolean {
  return ipaddr.isValid(address) && ownNetwork.has(ipaddr.parse(address).range());
}
