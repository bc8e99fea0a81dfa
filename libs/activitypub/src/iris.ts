/** Builds and reads every IRI that this server is responsible for. */
export interface Iris {
  /** Base of every IRI, without a trailing slash. */
  readonly base: string;
  actor(username: string): string;
  inbox(username: string): string;
  outbox(username: string): string;
  followers(username: string): string;
  /** The followers of a user who are of the server that asks. */
  followersSynchronization(username: string): string;
  following(username: string): string;
  sharedInbox(): string;
  /** The RSA key of an actor, as HTTP signatures and `RsaSignature2017` name it. */
  mainKey(username: string): string;
  /** The Ed25519 key of an actor, as a FEP-521a verification method. */
  multikey(username: string): string;
  activity(activityId: string): string;
  object(contentHash: string): string;
  likes(contentHash: string): string;
  shares(contentHash: string): string;
  registryEntry(name: string): string;
  /** The user name in an actor's IRI, or nothing where it is not one of ours. */
  usernameOf(iri: string): string | undefined;
  /** The user name in the IRI of a followers collection, or nothing where it is not one of ours. */
  followedIn(iri: string): string | undefined;
  /** The id in an activity's IRI, or nothing where it is not one of ours. */
  activityIdOf(iri: string): string | undefined;
  /** The content hash in an object's IRI, or nothing where it is not one of ours. */
  contentHashOf(iri: string): string | undefined;
}

/** IRIs under `publicUrl`, which has no trailing slash. They never depend on a request. */
export function createIris(publicUrl: string): Iris {
  const actor = (username: string) => `${publicUrl}/users/${username}`;
  const object = (contentHash: string) => `${publicUrl}/objects/${contentHash}`;
  const segmentAfter = (head: string, iri: string) => {
    const rest = iri.startsWith(head) ? iri.slice(head.length) : '';
    return rest && !/[/?#]/.test(rest) ? rest : undefined;
  };
  const usernameOf = (iri: string) => segmentAfter(`${publicUrl}/users/`, iri);
  return {
    base: publicUrl,
    actor,
    inbox: (username) => `${actor(username)}/inbox`,
    outbox: (username) => `${actor(username)}/outbox`,
    followers: (username) => `${actor(username)}/followers`,
    followersSynchronization: (username) => `${actor(username)}/followers_synchronization`,
    following: (username) => `${actor(username)}/following`,
    sharedInbox: () => `${publicUrl}/inbox`,
    mainKey: (username) => `${actor(username)}#main-key`,
    multikey: (username) => `${actor(username)}#ed25519-key`,
    activity: (activityId) => `${publicUrl}/activities/${activityId}`,
    object,
    likes: (contentHash) => `${object(contentHash)}/likes`,
    shares: (contentHash) => `${object(contentHash)}/shares`,
    registryEntry: (name) => `${publicUrl}/registry/${encodeURIComponent(name)}`,
    usernameOf,
    followedIn(iri) {
      const tail = '/followers';
      return iri.endsWith(tail) ? usernameOf(iri.slice(0, -tail.length)) : undefined;
    },
    activityIdOf: (iri) => segmentAfter(`${publicUrl}/activities/`, iri),
    contentHashOf: (iri) => segmentAfter(`${publicUrl}/objects/`, iri),
  };
}
