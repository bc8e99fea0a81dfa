/** What a log line keeps of an error. */
export interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  /** The errors that led to it, the nearest first: type and message. */
  readonly causes?: readonly string[];
}

const MAX_CAUSES = 5;
const MAX_CHARACTERS = 4000;

/**
 * The words of an error and none of its other members: drivers keep the documents and commands of a
 * failed write there, and with them what must not be logged.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: cut(String(error)) };
  const causes = causesOf(error);
  const code = 'code' in error ? error.code : undefined;
  return {
    type: error.name,
    message: cut(error.message),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.stack !== undefined && { stack: cut(error.stack) }),
    ...(causes.length > 0 && { causes }),
  };
}

function causesOf(error: Error): string[] {
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < MAX_CAUSES; ) {
    causes.push(cut(`${cause.name}: ${cause.message}`));
    cause = cause.cause;
  }
  return causes;
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
