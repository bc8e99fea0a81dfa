import { createIris, type Iris } from '@artdag/activitypub';
import { type ArchiveFile, openArchive } from '../archive-files.ts';
import { idsOf } from '../import/verify-record.ts';
import type { Element } from '../json-file/element-scanner.ts';
import { isRecord, readArchive } from '../read-archive.ts';
import { composeActivityText, readActivityRecord } from '../records/activity-record.ts';
import { readMembers, stringMember } from '../records/reading.ts';
import { openPublishedKeys } from './published-keys.ts';

/** A record of a data directory, as far as a verification needs it. */
export type ArchivedActivity =
  | {
      readonly kind: 'activity';
      readonly activityId: string;
      /** The activity as it may have been signed: the record does not say under which id. */
      readonly texts: readonly string[];
      /** A PEM, or the document of its actor with both keys; nothing where there is no key. */
      readonly keyText: string | undefined;
    }
  | { readonly kind: 'odd'; readonly activityId: string | null; readonly reason: string };

const FILES: readonly ArchiveFile[] = ['activities', 'furtherActivities'];

/**
 * The activities of a data directory, of the original or exported, one by one in their order. Only
 * public keys are read.
 *
 * @throws AppError `not-found` where it is no data directory, `json-invalid` for a broken file.
 */
export async function* readSignedActivities(directory: string): AsyncGenerator<ArchivedActivity> {
  const archive = await openArchive(directory);
  const keys = await openPublishedKeys(archive);
  for (const file of FILES.filter((name) => archive.files.has(name))) {
    for await (const element of readArchive(directory, file)) {
      if (!isRecord(element)) continue;
      const iris = irisOf(element);
      const reading = readActivityRecord(element, iris);
      if (!reading.ok) {
        yield { kind: 'odd', activityId: reading.id, reason: reading.reason };
        continue;
      }
      const record = reading.value;
      const texts = idsOf(record, iris).map((id) => composeActivityText(record, id));
      const keyText = await keys.find(record.username, record.actorIri);
      yield { kind: 'activity', activityId: record.activityId, texts, keyText };
    }
  }
}

/** Under which base the record's actor stands: a directory does not say whose it is. */
function irisOf(element: Element): Iris {
  const read = readMembers(element);
  const actor = (read.ok && stringMember(read.value, 'actor_id')) || '';
  return createIris(actor.slice(0, Math.max(actor.lastIndexOf('/users/'), 0)));
}
