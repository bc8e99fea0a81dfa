const activityStreams = 'https://www.w3.org/ns/activitystreams';

/**
 * Whether a `Content-Type` is that of an ActivityPub document: `application/activity+json`, or
 * `application/ld+json` with the ActivityStreams profile. Nothing else is read as one: what a
 * server lets its users upload has other types.
 *
 * @see https://www.w3.org/TR/activitypub/#server-to-server-interactions
 */
export function isActivityMediaType(contentType: string | undefined): boolean {
  const [essence = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim());
  if (essence.toLowerCase() === 'application/activity+json') return true;
  if (essence.toLowerCase() !== 'application/ld+json') return false;
  return parameters.some((parameter) => {
    const [, profiles] = /^profile="?([^"]*)"?$/i.exec(parameter) ?? [];
    return profiles?.split(/\s+/).includes(activityStreams) ?? false;
  });
}
