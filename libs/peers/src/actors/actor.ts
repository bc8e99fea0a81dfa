/** A public key that an actor signs with. */
export interface ActorKey {
  /** IRI that signatures name it by. */
  readonly keyId: string;
  readonly algorithm: 'rsa' | 'ed25519';
  /** SPKI as PEM, whichever form the actor published. */
  readonly publicKeyPem: string;
}

/** An actor of another server, as far as federation needs it: what is kept of the document. */
export interface RemoteActor {
  readonly id: string;
  readonly type: string;
  /** On the origin of `id`, as all that follows. */
  readonly inbox: string;
  readonly sharedInbox?: string;
  readonly followers?: string;
  readonly preferredUsername?: string;
  readonly name?: string;
  /** IRIs on any origin: what the actor claims of others. */
  readonly movedTo?: string;
  readonly alsoKnownAs: readonly string[];
  readonly keys: readonly ActorKey[];
  /** The actor's server says that it takes HTTP signatures by Ed25519. */
  readonly declaresEd25519?: true;
}

/** An actor with the times that decide when it is asked for again. */
export interface CachedActor extends RemoteActor {
  readonly fetchedAt: Date;
  /** When it was last asked for because a key seemed wrong. */
  readonly refreshedAt?: Date;
}
