const MEDIA_TYPES = new Set([
  'application/activity+json',
  'application/ld+json',
  'application/json',
]);

/** Whether a `Content-Type` is one that activities are posted under, with or without a profile. */
export function isInboxMediaType(contentType: string | undefined): boolean {
  if (contentType === undefined) return false;
  const end = contentType.indexOf(';');
  const essence = end === -1 ? contentType : contentType.slice(0, end);
  return MEDIA_TYPES.has(essence.trim().toLowerCase());
}
