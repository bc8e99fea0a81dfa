import type { ArchivedActivity } from '@artdag/archive';
import {
  type Evidence,
  type KeyEvidence,
  type Report,
  reportUnreadable,
} from '@artdag/verification';

/** Verifies one piece of evidence. */
type Verify = (evidence: Evidence) => Promise<Report>;

/**
 * Verifies every activity of a data directory, by the keys in it or by the one that was given. A
 * record that cannot be read is reported as malformed.
 */
export async function* verifyDirectory(
  directory: string,
  given: Partial<Evidence>,
  verify: Verify,
): AsyncGenerator<Report> {
  const { readSignedActivities } = await import('@artdag/archive');
  for await (const archived of readSignedActivities(directory)) {
    yield await verifyArchived(archived, given, verify);
  }
}

async function verifyArchived(
  archived: ArchivedActivity,
  given: Partial<Evidence>,
  verify: Verify,
): Promise<Report> {
  if (archived.kind === 'odd') {
    const detail = `record ${archived.activityId ?? 'without an id'}: ${archived.reason}`;
    return reportUnreadable(detail, new Date());
  }
  const { activityId, texts, keyText } = archived;
  const key: KeyEvidence =
    keyText === undefined
      ? { missing: `the directory has no key of the actor of ${activityId}.` }
      : { text: keyText, source: 'data-directory' };
  const [first, ...others] = await Promise.all(
    texts.map((text) => verify({ text, key, ...given })),
  );
  const signed = [first, ...others].find((report) => report?.signed);
  return signed ?? first ?? reportUnreadable(`record ${activityId}`, new Date());
}
