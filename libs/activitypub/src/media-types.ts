/** Media type of ActivityPub documents (https://www.w3.org/TR/activitypub/#server-to-server-interactions). */
export const ACTIVITY_JSON = 'application/activity+json';

/** The other name of {@link ACTIVITY_JSON}: JSON-LD with the ActivityStreams profile. */
export const LD_JSON_ACTIVITY =
  'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';

/** Media type of WebFinger answers (RFC 7033 section 10.2). */
export const JRD_JSON = 'application/jrd+json';
