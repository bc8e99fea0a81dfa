/** What a span says beside its name and times. Never a secret, never a body. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Keeps traces of this process and sends them to a collector. */
export interface Tracing extends AsyncDisposable {
  /**
   * Begins the span of a request. It has no parent: what a stranger says of traces is not believed.
   */
  startRequest(name: string): RequestSpan;
  /** Does `work` as a span of the current trace; `describe` tells of its result. */
  span<T>(
    name: string,
    work: () => Promise<T>,
    describe: (result: T) => SpanAttributes,
  ): Promise<T>;
  /** Ids of the current trace, for each line of log. */
  logFields(): { readonly traceId?: string; readonly spanId?: string };
}

/** The span of one request. */
export interface RequestSpan {
  /** Does `work`, and all that it starts, in the trace of the request. */
  run(work: () => void): void;
  end(attributes: SpanAttributes): void;
}
