import type { Iris } from './iris.ts';

/** What an actor document is made from. */
export interface ActorSource {
  readonly username: string;
  readonly displayName: string;
  /** What the user says of himself, as plain text. */
  readonly summary?: string;
  /** SPKI text of the RSA key, as its file holds it. */
  readonly publicKeyPem: string;
  /** Ed25519 key as a multibase Multikey (`z6Mk…`). */
  readonly publicKeyMultibase: string;
  readonly published: Date;
}

/** An actor document. */
export type Actor = ReturnType<typeof buildActor>;

/**
 * The actor document of a user.
 *
 * @see https://www.w3.org/TR/activitypub/#actor-objects
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/521a/fep-521a.md
 */
export function buildActor(source: ActorSource, iris: Iris) {
  const { username } = source;
  const id = iris.actor(username);
  return {
    '@context': [
      'https://www.w3.org/ns/activitystreams',
      'https://w3id.org/security/v1',
      'https://www.w3.org/ns/cid/v1',
    ],
    type: 'Person',
    id,
    preferredUsername: username,
    name: source.displayName,
    ...(source.summary && { summary: toHtml(source.summary) }),
    inbox: iris.inbox(username),
    outbox: iris.outbox(username),
    followers: iris.followers(username),
    following: iris.following(username),
    endpoints: { sharedInbox: iris.sharedInbox() },
    url: id,
    published: source.published.toISOString(),
    manuallyApprovesFollowers: false,
    discoverable: true,
    publicKey: {
      id: iris.mainKey(username),
      owner: id,
      publicKeyPem: source.publicKeyPem,
    },
    assertionMethod: [
      {
        id: iris.multikey(username),
        type: 'Multikey',
        controller: id,
        publicKeyMultibase: source.publicKeyMultibase,
      },
    ],
  };
}

/** `summary` is HTML in ActivityStreams: what the user wrote shows as he wrote it. */
function toHtml(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<p>${escaped.replace(/\r\n|\r|\n/g, '<br>')}</p>`;
}
