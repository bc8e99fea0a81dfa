/**
 * Hosts of the operator's own network, by `host:port`. Requests to them may use http and go to
 * loopback or private addresses.
 */
export interface AllowedHosts {
  has(protocol: string, hostname: string, port: string): boolean;
}

/** Reads a list of `host:port`; an IPv6 host stands in brackets. */
export function createAllowedHosts(hosts: readonly string[]): AllowedHosts {
  const known = new Set(hosts.map((host) => host.toLowerCase()));
  return {
    has(protocol, hostname, port) {
      if (known.size === 0) return false;
      const shown =
        hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
      return known.has(`${shown}:${port || (protocol === 'https:' ? '443' : '80')}`);
    },
  };
}
