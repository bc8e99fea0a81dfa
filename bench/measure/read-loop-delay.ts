/**
 * The 99th percentile of the event-loop delay of a process since it was asked before, in
 * milliseconds, by its own metrics.
 */
export async function readLoopDelayP99(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  const seconds = /^artdag_nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1];
  return Math.round(Number(seconds) * 10_000) / 10;
}
