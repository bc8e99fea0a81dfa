import { SpanKind } from '@opentelemetry/api';
import {
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-node';

/**
 * Keeps a part of the traces. One that begins with an internal span is housekeeping of a queue, as
 * the look for the next job is several times a second: none of these is kept.
 */
export function createRootSampler(ratio: number): Sampler {
  const byRatio = new TraceIdRatioBasedSampler(ratio);
  return {
    shouldSample: (context, traceId, _name, kind) =>
      kind === SpanKind.INTERNAL
        ? { decision: SamplingDecision.NOT_RECORD }
        : byRatio.shouldSample(context, traceId),
    toString: () => `RootSampler{${byRatio}}`,
  };
}
