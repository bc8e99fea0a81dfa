/** A host stands at an address that requests may not go to. Caught where failures become results. */
export class BlockedAddressError extends Error {
  override readonly name = 'BlockedAddressError';

  constructor(hostname: string, address: string) {
    super(`${hostname} is at ${address}, which is not an address on the open internet`);
  }
}
