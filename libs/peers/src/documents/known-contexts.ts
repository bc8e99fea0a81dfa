const knownContexts = new Set([
  'https://www.w3.org/ns/activitystreams',
  'http://www.w3.org/ns/activitystreams',
  'https://www.w3.org/ns/activitystreams.jsonld',
  'https://www.w3.org/ns/activitystreams#',
  'https://www.w3.org/ns/cid/v1',
  'https://www.w3.org/ns/did/v1',
  'https://w3id.org/security/v1',
  'https://w3id.org/security/v2',
  'https://w3id.org/security/data-integrity/v1',
  'https://w3id.org/security/data-integrity/v2',
  'https://w3id.org/security/multikey/v1',
  'https://w3id.org/security/suites/ed25519-2020/v1',
  'https://w3id.org/identity/v1',
  'https://w3id.org/fep/5711',
  'https://w3id.org/fep/7888',
  'https://w3id.org/fep/844e',
  'https://schema.org',
  'https://schema.org/',
  'http://schema.org',
  'http://schema.org/',
  'http://joinmastodon.org/ns',
  'https://docs.joinmastodon.org/spec/activitypub/',
  'https://gotosocial.org/ns',
  'https://join-lemmy.org/context.json',
  'https://funkwhale.audio/ns',
  'https://litepub.social/context.jsonld',
  'http://litepub.social/ns',
  'https://purl.archive.org/socialweb/webfinger',
  'https://purl.archive.org/socialweb/thread/1.0',
  'https://purl.archive.org/miscellany',
]);

/** Pleroma and Akkoma serve a copy of one context under each of their hosts. */
const litepubCopy = /^https:\/\/[^/?#]+\/schemas\/litepub-0\.1\.jsonld$/;

/** Whether a context named by IRI is one that leaves the terms we read as they are. */
export function isKnownContext(iri: string): boolean {
  return knownContexts.has(iri) || litepubCopy.test(iri);
}
