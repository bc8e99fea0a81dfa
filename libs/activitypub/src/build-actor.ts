import type { Iris } from './iris.ts';

/**
 * IRI by which a server says that it takes HTTP signatures by Ed25519.
 *
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/844e/fep-844e.md
 */
export const ED25519_CAPABILITY =
  'https://datatracker.ietf.org/doc/html/rfc9421#name-eddsa-using-curve-edwards25';

const CAPABILITIES = [
  {
    href: 'https://datatracker.ietf.org/doc/html/rfc9421',
    name: 'RFC-9421: HTTP Message Signatures',
  },
  { href: ED25519_CAPABILITY, name: 'RFC-9421 signatures using the Ed25519 algorithm' },
];

/** Written out, so that nobody has to fetch a context to read an actor. */
const CAPABILITY_CONTEXT = {
  implements: {
    '@id': 'https://w3id.org/fep/844e/implements',
    '@type': '@id',
    '@container': '@list',
  },
};

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
 * @see https://codeberg.org/fediverse/fep/src/branch/main/fep/844e/fep-844e.md
 */
export function buildActor(source: ActorSource, iris: Iris) {
  const { username } = source;
  const id = iris.actor(username);
  return {
    '@context': [
      'https://www.w3.org/ns/activitystreams',
      'https://w3id.org/security/v1',
      'https://www.w3.org/ns/cid/v1',
      CAPABILITY_CONTEXT,
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
    generator: { type: 'Application', implements: CAPABILITIES },
  };
}

/** `summary` is HTML in ActivityStreams: what the user wrote shows as he wrote it. */
function toHtml(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<p>${escaped.replace(/\r\n|\r|\n/g, '<br>')}</p>`;
}
