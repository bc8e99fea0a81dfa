import { type ErrorCode, isAppError } from '@artdag/errors';
import { CommanderError } from 'commander';

/** What the shell is told, and what that means. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: 'done, and all is well' },
  failure: { code: 1, meaning: 'it failed, or a check did' },
  usage: { code: 2, meaning: 'the command line or a setting is wrong' },
  notFound: { code: 3, meaning: 'there is no such thing' },
  authentication: {
    code: 4,
    meaning: 'no token, a token that is not good, or not one of an operator',
  },
  conflict: { code: 5, meaning: 'it is there already, or something else is in the way' },
  unreachable: { code: 6, meaning: 'a server does not answer' },
  signatureInvalid: { code: 10, meaning: 'the signature does not match the text' },
  unsigned: { code: 11, meaning: 'there is no signature' },
  cannotTell: { code: 12, meaning: 'what decides cannot be had' },
  fileDiffers: { code: 13, meaning: 'the file has another content hash' },
  proofInvalid: { code: 14, meaning: 'the proof does not match the document' },
  contestedOrWithdrawn: {
    code: 15,
    meaning: 'somebody else claimed it first, or it was taken back',
  },
} as const;

const CODE_OF_ERROR: Partial<Record<ErrorCode, keyof typeof EXIT_CODES>> = {
  'not-found': 'notFound',
  gone: 'notFound',
  unauthenticated: 'authentication',
  'wrong-credentials': 'authentication',
  forbidden: 'authentication',
  conflict: 'conflict',
  'key-exists': 'conflict',
  unavailable: 'unreachable',
  'settings-invalid': 'usage',
  'validation-failed': 'usage',
  'malformed-request': 'usage',
};

/** The exit code of what a command has thrown. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError)
    return EXIT_CODES[error.exitCode === 0 ? 'ok' : 'usage'].code;
  return EXIT_CODES[(isAppError(error) ? CODE_OF_ERROR[error.code] : undefined) ?? 'failure'].code;
}
