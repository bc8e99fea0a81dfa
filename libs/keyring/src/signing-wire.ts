import type { ErrorCode } from '@artdag/errors';
import type { SigningAlgorithm } from './keyring.ts';

/** One wish in a batch that is posted to the signing port. */
export interface SigningWish {
  readonly username: string;
  readonly algorithm: SigningAlgorithm;
  /** Base64 of the signature base of an HTTP request. */
  readonly bytes: string;
}

/** What became of one wish; a batch is answered in its order. */
export type SigningAnswer =
  | { readonly signature: string }
  | { readonly error: { readonly code: ErrorCode; readonly detail: string } };

/** What the signing port takes at once. */
export const SIGNING_LIMITS = { wishes: 256, bytesPerWish: 8192 } as const;
