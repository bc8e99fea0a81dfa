import type { KeyObject } from 'node:crypto';
import type { DocumentFailure, DocumentFailureReason } from '../documents/document-result.ts';
import type { CachedActor } from './actor.ts';

/** Why there is no actor or no key. `gone` says that the actor was deleted. */
export type ResolveFailureReason =
  | DocumentFailureReason
  | 'malformed-iri'
  | 'not-an-actor'
  | 'inbox-elsewhere'
  | 'owner-elsewhere'
  | 'key-missing'
  | 'malformed-handle'
  | 'subject-mismatch'
  | 'self-link-missing';

/** An actor or key that cannot be had. */
export type ResolveFailure = DocumentFailure<ResolveFailureReason>;

/** Outcome of {@link ActorResolver.resolveActor}. */
export type ResolveActorResult =
  | { readonly ok: true; readonly actor: CachedActor }
  | ResolveFailure;

/** A key that is ready to verify with. */
export interface ResolvedKey {
  readonly keyId: string;
  /** IRI of the actor whose key it is. */
  readonly owner: string;
  readonly publicKey: KeyObject;
  readonly algorithm: 'rsa' | 'ed25519';
}

/** Outcome of {@link ActorResolver.resolveKey}. */
export type ResolveKeyResult =
  | { readonly ok: true; readonly key: ResolvedKey; readonly actor: CachedActor }
  | ResolveFailure;

/** Outcome of {@link ActorResolver.resolveHandle}. */
export type ResolveHandleResult =
  | { readonly ok: true; readonly handle: string; readonly actor: CachedActor }
  | ResolveFailure;
