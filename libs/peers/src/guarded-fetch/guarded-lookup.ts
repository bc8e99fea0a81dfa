import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { BlockedAddressError } from './blocked-address-error.ts';

/**
 * A look-up that hands out addresses only if every answer for the name may be connected to. The
 * socket connects to these very answers: nothing asks the name server a second time.
 */
export function createGuardedLookup(
  isPermitted: (address: string) => boolean,
  lookup: LookupFunction = systemLookup,
): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, answers) => {
      if (error) return callback(error, '', 0);
      const addresses = typeof answers === 'string' ? [] : answers.map((answer) => ({ ...answer }));
      const blocked = addresses.find(({ address }) => !isPermitted(address));
      if (blocked) return callback(new BlockedAddressError(hostname, blocked.address), '', 0);
      const first = addresses[0];
      if (!first) return callback(new Error(`${hostname} has no address`), '', 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
