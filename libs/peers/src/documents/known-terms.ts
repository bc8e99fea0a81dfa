const activityStreams = 'https://www.w3.org/ns/activitystreams#';
const security = 'https://w3id.org/security#';

/** Terms of ActivityStreams, ActivityPub and its extensions that this software reads. */
const activityStreamsTerms = [
  ...['actor', 'object', 'target', 'result', 'origin', 'instrument', 'attributedTo', 'audience'],
  ...['to', 'cc', 'bto', 'bcc', 'name', 'summary', 'content', 'url', 'href', 'mediaType', 'icon'],
  ...['published', 'updated', 'deleted', 'formerType', 'inReplyTo', 'replies', 'likes', 'shares'],
  ...['inbox', 'outbox', 'followers', 'following', 'endpoints', 'sharedInbox'],
  ...['preferredUsername', 'movedTo', 'alsoKnownAs', 'manuallyApprovesFollowers'],
  ...['items', 'totalItems', 'first', 'last', 'next', 'prev', 'current', 'partOf'],
  ...['Person', 'Service', 'Application', 'Group', 'Organization', 'Tombstone', 'Collection'],
  ...['OrderedCollection', 'CollectionPage', 'OrderedCollectionPage'],
  ...['Follow', 'Undo', 'Accept', 'Reject', 'Create', 'Announce', 'Like', 'Update', 'Delete'],
  ...['Move', 'Block', 'Flag', 'Add', 'Remove', 'Image', 'Video', 'Audio', 'Document', 'Note'],
];

/** Terms of the security vocabulary that this software reads. */
const securityTerms = [
  ...['publicKey', 'owner', 'publicKeyPem', 'controller', 'assertionMethod'],
  ...['publicKeyMultibase', 'Multikey', 'proof', 'DataIntegrityProof', 'cryptosuite'],
  ...['proofValue', 'proofPurpose', 'verificationMethod', 'signature', 'signatureValue'],
];

const spellings = new Map<string, readonly string[]>([
  ['id', ['@id']],
  ['type', ['@type']],
  ['as', [activityStreams]],
  ['sec', [security]],
  ['security', [security]],
  // ActivityStreams defines it as a list of `items`.
  ['orderedItems', ['as:items', `${activityStreams}items`]],
  ...activityStreamsTerms.map((term) => spell(term, 'as:', activityStreams)),
  ...securityTerms.map((term) => spell(term, 'sec:', security, 'security:')),
]);

function spell(term: string, ...prefixes: string[]): readonly [string, readonly string[]] {
  return [term, prefixes.map((prefix) => `${prefix}${term}`)];
}

/** How a context may spell the meaning of a term that we read; `undefined` for any other term. */
export function findSpellings(term: string): readonly string[] | undefined {
  return spellings.get(term);
}

/** Whether a key is an ActivityStreams term in its long form, which a reader of plain JSON would not see. */
export function isLongActivityTerm(key: string): boolean {
  return key.startsWith('as:') || key.startsWith(activityStreams);
}

/** Whether a key is a security term in its long form. */
export function isLongSecurityTerm(key: string): boolean {
  return /^(sec:|security:)/.test(key) || key.startsWith(security);
}
