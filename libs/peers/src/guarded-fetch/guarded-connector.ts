import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isOwnNetworkAddress, isPublicAddress } from './address-policy.ts';
import type { AllowedHosts } from './allowed-hosts.ts';
import { BlockedAddressError } from './blocked-address-error.ts';
import { createGuardedLookup } from './guarded-lookup.ts';

/** What {@link createGuardedConnector} needs. */
export interface GuardedConnectorOptions {
  readonly allowedHosts: AllowedHosts;
  readonly timeoutMs: number;
  /** Certificates to trust in place of the system's, as PEM. */
  readonly ca?: string;
  readonly lookup?: LookupFunction;
  /** Builds the connector that opens sockets; undici's by default. */
  readonly build?: typeof buildConnector;
}

const isOpenTo = (address: string) => isPublicAddress(address) || isOwnNetworkAddress(address);

/**
 * Connects like undici, after three checks of the address: a literal host, every answer of DNS, and
 * the peer of the connected socket. `lookup` alone is never asked for literal hosts.
 */
export function createGuardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const strict = connectorFor(isPublicAddress, options);
  const lenient = connectorFor(isOpenTo, options);
  return (target, callback) => {
    const isAllowed = options.allowedHosts.has(target.protocol, target.hostname, target.port);
    (isAllowed ? lenient : strict)(target, callback);
  };
}

function connectorFor(
  isPermitted: (address: string) => boolean,
  { timeoutMs, ca, lookup, build = buildConnector }: GuardedConnectorOptions,
): buildConnector.connector {
  const connect = build({
    timeout: timeoutMs,
    allowH2: false,
    lookup: createGuardedLookup(isPermitted, lookup),
    ...(ca === undefined ? {} : { ca }),
  });
  return (target, callback) => {
    const literal = target.hostname.replace(/^\[(.*)\]$/, '$1');
    if (isIP(literal) && !isPermitted(literal)) {
      queueMicrotask(() => callback(new BlockedAddressError(target.hostname, literal), null));
      return;
    }
    connect(target, (...[error, socket]) => {
      if (error) return callback(error, null);
      const peer = socket.remoteAddress ?? 'an unknown address';
      if (isPermitted(peer)) return callback(null, socket);
      const blocked = new BlockedAddressError(target.hostname, peer);
      socket.destroy();
      return callback(blocked, null);
    });
  };
}
