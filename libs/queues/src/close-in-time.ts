const CLOSE_WITHIN_MS = 2000;

/**
 * Waits for BullMQ to close something, but not for long: it waits for ever for the end of a
 * connection that was about to be made again.
 */
export async function closeInTime(closing: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, CLOSE_WITHIN_MS);
  await Promise.race([closing, late]).catch(() => undefined);
  clearTimeout(timer);
}
