import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { createRootSampler } from './root-sampler.ts';
import type { Tracing } from './tracing.ts';

/** Where traces go, and how many of them. */
export interface TracingConfig {
  /** Base URL of a collector that speaks OTLP over HTTP. */
  readonly endpoint: string;
  /** Part of the traces that is kept, from 0 to 1. */
  readonly ratio: number;
}

/** What a span tells is for people: an exception may be as long as what caused it. */
const MAX_ATTRIBUTE_CHARACTERS = 512;

/** A collector that does not answer holds a stop up for no longer. */
const EXPORT_TIMEOUT_MS = 3000;

const sendInBatches = (endpoint: string) =>
  new BatchSpanProcessor(
    new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: EXPORT_TIMEOUT_MS }),
  );

/**
 * Starts to keep traces. The tracer is one for the process, as OpenTelemetry has it.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function startTracing(
  role: string,
  { endpoint, ratio }: TracingConfig,
  processor: SpanProcessor = sendInBatches(endpoint),
): Tracing {
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `artdag-${role}` }),
    sampler: new ParentBasedSampler({ root: createRootSampler(ratio) }),
    spanLimits: { attributeValueLengthLimit: MAX_ATTRIBUTE_CHARACTERS },
    spanProcessors: [processor],
  });
  // Baggage stays out: only ids are handed on.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  const tracer = trace.getTracer('artdag');
  return {
    startRequest(name) {
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, root: true });
      const current = trace.setSpan(context.active(), span);
      return {
        run: (work) => context.with(current, work),
        end(attributes) {
          const isFailed = Number(attributes['http.response.status_code']) >= 500;
          if (isFailed) span.setStatus({ code: SpanStatusCode.ERROR });
          span.setAttributes(attributes).end();
        },
      };
    },
    span: (name, work, describe) =>
      tracer.startActiveSpan(name, { kind: SpanKind.CLIENT }, async (span) => {
        try {
          const result = await work();
          span.setAttributes(describe(result));
          return result;
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      }),
    logFields() {
      const current = trace.getActiveSpan()?.spanContext();
      return current ? { traceId: current.traceId, spanId: current.spanId } : {};
    },
    async [Symbol.asyncDispose]() {
      await provider.shutdown();
      trace.disable();
      context.disable();
    },
  };
}
