import { type CatalogEntry, type ErrorCode, errorCatalog } from './catalog.ts';

/** One fault of an input: where it is (RFC 6901 JSON pointer, or a setting's name) and what is expected. */
export interface Fault {
  readonly pointer: string;
  readonly message: string;
}

/** What an {@link AppError} may carry beside its code and detail. */
export interface AppErrorOptions {
  readonly cause?: unknown;
  /** Every fault found, where the code speaks of several at once. */
  readonly faults?: readonly Fault[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
}

/**
 * A failure with a code from {@link errorCatalog}.
 *
 * `message` is shown to clients as `detail`: it names what is wrong and never holds a secret.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly faults: readonly Fault[];
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.faults = options.faults ?? [];
    this.retryAfter = options.retryAfter;
  }

  /** Status, title and whether to retry, from the catalog. */
  get entry(): CatalogEntry {
    return errorCatalog[this.code];
  }
}

/** Whether `error` is an {@link AppError}, of the given code if one is named. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
