/**
 * Waits for some work, but no longer than until the process is asked to end: then what the caller
 * disposes of goes with it, and nothing is left behind.
 *
 * @throws Error once SIGINT or SIGTERM has come.
 */
export async function untilStopped<T>(work: Promise<T>): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = (signal: NodeJS.Signals) => reject(new Error(`stopped by ${signal}`));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
