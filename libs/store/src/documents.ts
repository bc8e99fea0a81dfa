import type { PublicKeys, RegisteredAsset, Role } from '@artdag/registry';
import type { Audience } from './audience.ts';

/**
 * Work that the write which carries it has promised: the job `kind` with the id `id`.
 *
 * It leaves the document together with the job's effect, so a crash or an emptied Redis loses nothing.
 */
export interface OutboxEntry {
  readonly kind: string;
  readonly id: string;
  /** When the relay looks at it next. */
  readonly at: Date;
  /** Deaths of a process in this work. */
  readonly crashes?: number;
  /** Of the trace in which it was promised, where one is kept: ids only (W3C Trace Context). */
  readonly traceparent?: string;
}

/** A document that may promise work. */
export interface OutboxDocument {
  readonly _id: string;
  readonly outbox?: readonly OutboxEntry[];
}

/** Why promised work was given up, until an operator tries it again. */
export interface FailureRecord {
  readonly kind: string;
  readonly reason: string;
  readonly at: Date;
  /** Id of the work, where the document may promise several of one kind. */
  readonly id?: string;
}

/** `assets`: `_id` is the name, so that one insert decides who has it. */
export interface AssetDocument extends OutboxDocument, Omit<RegisteredAsset, 'name'> {
  /** The record that it was imported from, where the other members do not say all of it. */
  readonly original?: string;
  readonly failure?: FailureRecord;
}

/** `activities`: what this server's actors said, as the exact signed text. */
export interface ActivityDocument extends OutboxDocument {
  readonly type: string;
  /** User name of the actor. */
  readonly actor: string;
  /** Order in the outbox and among claims of one hash. */
  readonly publishedAt: Date;
  /** What the activity is about. */
  readonly objectIri: string;
  /** Content hash of the object of a Create. */
  readonly contentHash?: string;
  readonly audience: Audience;
  /** Whether the outbox shows it. */
  readonly isPublic: boolean;
  /** Id of our activity that an Undo or a Delete takes back. */
  readonly takesBack?: string;
  /** What an Update makes of its actor. */
  readonly profile?: { readonly displayName: string; readonly summary?: string };
  /** The unsigned text, while the activity waits for its signature. */
  readonly draft?: string;
  readonly text: string | null;
  readonly signedAt: Date | null;
  /** Convention under which the signature verifies. */
  readonly verified: 'package' | 'object-only' | false;
  /** The record that it was imported from, where `text` does not say all of it or was repaired. */
  readonly original?: string;
  /** When the owner took his claim back. */
  readonly withdrawnAt?: Date;
  readonly failure?: FailureRecord;
}

/** `users`: `_id` is the user name. */
export interface UserDocument extends OutboxDocument {
  readonly displayName: string;
  /** What the user says of himself, as plain text. */
  readonly summary?: string;
  /** When his profile was changed last. */
  readonly profileAt?: Date;
  /** PHC string, or null for a user who cannot log in yet. */
  readonly passwordHash: string | null;
  readonly email?: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly keys: PublicKeys | null;
  /** The record that he was imported from, where the other members do not say all of it. */
  readonly original?: string;
  /** The actor document that he was imported from, as JSON text without a private key. */
  readonly originalActor?: string;
  /** Since when an operator keeps him out. */
  readonly disabledAt?: Date;
  /** SHA-256 of the invite that he used: one invite makes one user. */
  readonly invite?: string;
  /** One-time link that sets the password. */
  readonly setup?: { readonly tokenHash: string; readonly expiresAt: Date };
  readonly failure?: FailureRecord;
}

/** `odd_records`: what an import could not take as it is, kept for the export; `_id` is a SHA-256 of all else. */
export interface OddRecordDocument {
  readonly _id: string;
  /** File that it stood in, as `registry.json`. */
  readonly file: string;
  /** Its key, where it stood in a map. */
  readonly key: string | null;
  readonly reason: string;
  /** The JSON text of the record, or of a part of it. */
  readonly text: string;
  /** Where the text begins in a record of `length` bytes whose SHA-256 is `of`: a large one has several documents. */
  readonly part?: { readonly of: string; readonly offset: number; readonly length: number };
}

/** `audit_entries`: what an operator did. */
export interface AuditEntryDocument {
  readonly _id: string;
  readonly at: Date;
  /** User name of the operator. */
  readonly operator: string;
  /** What he did, as `block-host`. */
  readonly action: string;
  /** What he did it to, as a host. */
  readonly target: string;
  /** How many deliveries or works it touched. */
  readonly count?: number;
}

/** An L1 that is to be told that a user's access has ended. */
export interface L1NoticeRecord {
  readonly id: string;
  readonly l1Server: string;
  /** When the access ended. */
  readonly endedAt: Date;
  /** Tries that have failed. */
  readonly tries: number;
}

/**
 * `tokens`: what is known of a token, until it ends. `_id` is the token's id, or `user:` and a name for
 * what was done to all tokens of that user. The tokens themselves are never kept.
 */
export interface TokenDocument extends OutboxDocument {
  readonly username: string;
  readonly expiresAt: Date;
  /** Nothing for a token that other software has made. */
  readonly issuedAt?: Date;
  /** Within an hour. */
  readonly lastUsedAt?: Date;
  /** The L1 that the token is for, where it is for one only. */
  readonly scope?: string;
  /** L1s that have the token. */
  readonly l1Servers?: readonly string[];
  readonly revokedAt?: Date;
  /** All tokens of the user that were issued before are revoked. */
  readonly revokedBefore?: Date;
  readonly notices?: readonly L1NoticeRecord[];
  readonly failure?: FailureRecord;
}

/** `jwt_keys`: `_id` is the key id that tokens name, the thumbprint of the public key (RFC 7638). */
export interface JwtKeyDocument {
  readonly _id: string;
  /** 1, 2, 3 …; unique. */
  readonly sequence: number;
  /** Public Ed25519 key, base64url. */
  readonly publicKey: string;
  /** Private key, sealed by a secret that is not in this database. */
  readonly sealedKey: string;
  /** When it takes over from the key before it. */
  readonly signsFrom: Date;
  /** Longest life of a token that it has signed. */
  readonly lifeSeconds: number;
  /** Whether the keys before it are no longer believed. */
  readonly endsOlder: boolean;
  readonly expiresAt?: Date;
}

/** `attempt_counts`: attempts under one key in one window of time. */
export interface AttemptCountDocument {
  readonly _id: string;
  readonly count: number;
  readonly expiresAt: Date;
}

/** `idempotency_keys`: what a client's `Idempotency-Key` stood for. */
export interface IdempotencyKeyDocument {
  readonly _id: string;
  readonly fingerprint: string;
  readonly expiresAt: Date;
}

/** `invites`: `_id` is the SHA-256 of the code. */
export interface InviteDocument {
  readonly _id: string;
  readonly createdBy: string;
  readonly expiresAt: Date;
}
