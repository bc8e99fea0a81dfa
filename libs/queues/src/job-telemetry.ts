import type { Telemetry } from 'bullmq';

/** Makes jobs spans of the trace that enqueued them. What travels in a job is a `traceparent`: ids only. */
export type JobTelemetry = Telemetry;

/** {@link JobTelemetry} for the tracer of this process. Loaded only where traces are kept. */
export async function loadJobTelemetry(): Promise<JobTelemetry> {
  const { BullMQOtel } = await import('bullmq-otel');
  return new BullMQOtel({ tracerName: 'artdag-queues' });
}

/** Runs `work` in the trace of a `traceparent`, where there is one. */
export function inTrace<T>(
  telemetry: JobTelemetry | undefined,
  traceparent: string | undefined,
  work: () => T,
): T {
  if (!telemetry || traceparent === undefined) return work();
  const { contextManager } = telemetry;
  const context = contextManager.fromMetadata(
    contextManager.active(),
    JSON.stringify({ traceparent }),
  );
  return contextManager.with(context, work);
}
