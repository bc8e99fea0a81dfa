import { type ErrorCode, isAppError } from '@artdag/errors';
import { CommanderError } from 'commander';

const FAILURE = 1;
const USAGE = 2;

const EXIT_CODES: Partial<Record<ErrorCode, number>> = {
  'not-found': 3,
  unauthenticated: 4,
  'wrong-credentials': 4,
  forbidden: 4,
  conflict: 5,
  'key-exists': 5,
  unavailable: 6,
  'settings-invalid': USAGE,
  'validation-failed': USAGE,
  'malformed-request': USAGE,
};

/** What the shell is told: 0 ok, 1 failure, 2 usage, 3 not found, 4 authentication, 5 conflict, 6 unreachable. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  return (isAppError(error) ? EXIT_CODES[error.code] : undefined) ?? FAILURE;
}
