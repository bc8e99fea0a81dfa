import type { FailureRecord, OutboxDocument } from './documents.ts';

/** `received_activities`: what peers posted; `_id` is the SHA-256 of the activity's IRI. */
export interface ReceivedActivityDocument extends OutboxDocument {
  readonly activityIri: string;
  readonly type: string;
  readonly actorIri: string;
  /** Host of the actor, as it is blocked and limited by. */
  readonly host: string;
  /** User name of the inbox that it came to; null for the shared inbox. */
  readonly username: string | null;
  /** The body as it was signed. */
  readonly body: string;
  readonly receivedAt: Date;
  /** What the signed request says of those users of ours who follow the actor. */
  readonly followersClaim?: {
    readonly collectionId: string;
    readonly url: string;
    readonly digest: string;
  };
  /** `_id` that the activity has, or would have, which this one takes back. */
  readonly undoes?: string;
  readonly expiresAt: Date;
  readonly state: 'received' | 'processed' | 'failed';
  readonly failure?: FailureRecord;
}

/** `followers`: `_id` is user name and actor IRI with a space between. */
export interface FollowerDocument extends OutboxDocument {
  readonly username: string;
  readonly actorIri: string;
  /** Not known yet of a follower who was imported by his IRI alone: then it is promised to be found. */
  readonly inbox?: string;
  /** Where deliveries go: the shared inbox if the peer has one. */
  readonly deliveryInbox?: string;
  readonly host: string;
  /** IRI of the Follow, which an Undo names; not known of an imported follower. */
  readonly followIri?: string;
  readonly since: Date;
  readonly failure?: FailureRecord;
  /** The record that he was imported from, where the other members do not say all of it. */
  readonly original?: string;
}

/** `following`: `_id` is user name and actor IRI with a space between. */
export interface FollowingDocument {
  readonly _id: string;
  readonly username: string;
  readonly actorIri: string;
  /** Id of our Follow. */
  readonly followId: string;
  readonly state: 'requested' | 'accepted' | 'rejected';
  readonly since: Date;
}

/** `reactions`: likes and shares of our objects; `_id` is kind, actor IRI and object IRI. */
export interface ReactionDocument {
  readonly _id: string;
  readonly kind: 'like' | 'share';
  readonly actorIri: string;
  readonly objectIri: string;
  /** IRI of the Like or Announce, which an Undo names. */
  readonly activityIri: string;
  readonly at: Date;
}

/** `deliveries`: one activity to one inbox; `_id` is a SHA-256 of both. */
export interface DeliveryDocument extends OutboxDocument {
  /** Id of an activity of ours, or of a received one that is forwarded. */
  readonly activityId: string;
  /** User name of the actor, or of whom the activity is forwarded for: his key signs. */
  readonly actor: string;
  readonly inbox: string;
  /** Host and port of the inbox. */
  readonly host: string;
  /** What the activity is about: deliveries of one object to one host keep their order. */
  readonly objectIri: string;
  /** Order among deliveries of one object: the activity's `publishedAt`. */
  readonly publishedAt: Date;
  /** Whether an older activity of the actor is about the same object: then their order is kept. */
  readonly hasPredecessor: boolean;
  /** When the row was written: what cannot even be tried is given up a week later. */
  readonly createdAt: Date;
  readonly state: 'pending' | 'delivered' | 'failed' | 'dropped';
  readonly attempts: number;
  /** When the next try is due. */
  readonly nextAt: Date;
  readonly lastStatus?: number;
  readonly lastError?: string;
  readonly endedAt?: Date;
  readonly expiresAt?: Date;
  readonly failure?: FailureRecord;
}

/** `hosts`: what is known of a peer's host; `_id` is host and port in their normal form. */
export interface HostDocument {
  readonly _id: string;
  readonly rule?: 'blocked' | 'allowed' | undefined;
  readonly pausedAt?: Date | undefined;
  /** Form of HTTP signatures that it took last. */
  readonly scheme?: 'cavage' | 'rfc9421' | undefined;
  readonly acceptsEd25519?: boolean | undefined;
  /** When `acceptsEd25519` was found out. */
  readonly ed25519At?: Date | undefined;
  /** Why it may take Ed25519: its actors list such keys, or say that their server takes them. */
  readonly ed25519Hint?: 'listed' | 'declared' | undefined;
  readonly failures?: number | undefined;
  readonly firstFailureAt?: Date | undefined;
  /** The breaker is open until then. */
  readonly openUntil?: Date | undefined;
  readonly lastSuccessAt?: Date | undefined;
  readonly lastErrorAt?: Date | undefined;
  readonly lastError?: string | undefined;
  /** Only what an operator decided stays for ever. */
  readonly expiresAt?: Date | undefined;
}

/** A public key that an actor document lists. */
export interface RemoteKey {
  readonly keyId: string;
  /** SPKI PEM of an RSA key, or the Multikey of an Ed25519 key. */
  readonly publicKey: string;
}

/** `remote_actors`: what a peer's actor document said; `_id` is the actor's IRI. */
export interface RemoteActorDocument {
  readonly _id: string;
  readonly type: string;
  readonly inbox: string;
  readonly sharedInbox?: string;
  readonly preferredUsername?: string;
  readonly name?: string;
  /** `user@host`, where WebFinger says that it is this actor. */
  readonly handle?: string;
  readonly followers?: string;
  /** Who the actor says he has become. */
  readonly movedTo?: string;
  /** Who else the actor says he is. */
  readonly alsoKnownAs?: readonly string[];
  readonly keys: readonly RemoteKey[];
  readonly fetchedAt: Date;
  /** When it was fetched because a key seemed wrong or missing. */
  readonly refreshedAt?: Date;
  /** Last time that a signature which did not verify made us look again. */
  readonly forcedAt?: Date;
  /** Whether nobody has said yet that this look has ended. */
  readonly isForcing?: boolean;
  /** Last time that the actor was asked who of ours follows him. */
  readonly synchronizedAt?: Date;
  /** The peer says that the actor is gone. */
  readonly isGone: boolean;
  readonly expiresAt: Date;
}

/** `remote_objects`: whose an object of a peer is; `_id` is the object's IRI. */
export interface RemoteObjectDocument {
  readonly _id: string;
  readonly ownerIri: string;
  readonly expiresAt: Date;
}

/** `key_failures`: keys that could not be had; `_id` is the key's IRI. */
export interface KeyFailureDocument {
  readonly _id: string;
  readonly reason: string;
  readonly expiresAt: Date;
}

/** `reports`: what peers tell the operator about; `_id` is that of the received Flag. */
export interface ReportDocument {
  readonly _id: string;
  readonly activityIri: string;
  readonly actorIri: string;
  readonly host: string;
  /** Actors, objects and activities that are complained of. */
  readonly objectIris: readonly string[];
  readonly content: string;
  readonly receivedAt: Date;
  readonly state: 'open' | 'closed';
  readonly expiresAt: Date;
}
