import { getMember, getStringMember, type JsonNode } from '@artdag/signatures';
import type { ActivityDocument } from '@artdag/store';
import type { ArchiveFile } from '../archive-files.ts';
import { joinRawMembers, parseRawMembers } from '../json-file/raw-members.ts';
import {
  type ActivityRecord,
  bareActivityRecord,
  isWholeRecord,
  readActivityRecord,
  recordOfActivity,
  signingTime,
} from '../records/activity-record.ts';
import { parseTime } from '../records/parse-time.ts';
import type { Reading } from '../records/reading.ts';
import { createTimeline, type Timeline } from '../records/timeline.ts';
import { importElements, type Meeting, type Taken } from './import-elements.ts';
import type { ImportRun } from './import-run.ts';
import type { RegistryLookup } from './registry-lookup.ts';
import { type VerifiedText, verifyRecord } from './verify-record.ts';

/** What the activities of one import have in common. */
interface Context {
  readonly run: ImportRun;
  readonly timeline: Timeline;
  readonly registry: RegistryLookup;
  readonly actors: Set<string>;
}

/** What an activity is about. */
interface Subject {
  readonly objectIri: string;
  readonly contentHash?: string;
  readonly name?: string;
}

/** Imports the activities of a file in their order; returns the user names of their actors. */
export async function importActivities(
  file: ArchiveFile,
  registry: RegistryLookup,
  run: ImportRun,
): Promise<ReadonlySet<string>> {
  const context = { run, timeline: createTimeline(), registry, actors: new Set<string>() };
  await importElements<ActivityDocument>(
    {
      file,
      documents: run.store.documents.activities,
      async take(element) {
        const reading = readActivityRecord(element, run.iris);
        return reading.ok ? takeActivity(reading.value, context) : reading;
      },
      meet: meetActivity,
    },
    run,
  );
  return context.actors;
}

async function takeActivity(
  record: ActivityRecord,
  context: Context,
): Promise<Reading<Taken<ActivityDocument>>> {
  const { username } = record;
  const { run } = context;
  context.actors.add(username);
  const key = await run.publicKeys.find(username);
  const found = verifyRecord(record, key, run.iris);
  const subject = subjectOf(record);
  const repair =
    found.verified === false && key && subject.contentHash !== undefined
      ? await repairRecord(
          record,
          subject,
          (repaired) => verifyRecord(repaired, key, run.iris),
          context,
        )
      : undefined;
  const document = buildDocument(record, { found, repair, subject }, context);
  const isDone = document.verified !== false;
  return {
    ok: true,
    value: {
      document,
      verified: document.verified,
      note: repair ? REPAIR_NOTES[isDone ? 'done' : 'possible'] : found.reason,
      accept(stored) {
        rememberClaim(stored, subject, run);
        if (!repair) return;
        run.reporter.report.repairs.possible += 1;
        if (stored.verified !== false) run.reporter.report.repairs.done += 1;
      },
    },
  };
}

const REPAIR_NOTES = {
  done: 'it verifies with the metadata of the registry put back, and is served so',
  possible: 'it would verify with the metadata of the registry put back: --repair does so',
};

/** Claims decide about the assets, which are imported after them. */
function rememberClaim(stored: ActivityDocument, { name }: Subject, { claims }: ImportRun): void {
  const { _id: activityId, actor: username, contentHash, publishedAt, withdrawnAt } = stored;
  if (contentHash === undefined) return;
  const isVerified = stored.verified !== false && withdrawnAt === undefined;
  claims.add(contentHash, name, { activityId, username, at: publishedAt.getTime(), isVerified });
}

interface Findings {
  readonly found: VerifiedText;
  readonly repair: VerifiedText | undefined;
  readonly subject: Subject;
}

function buildDocument(
  record: ActivityRecord,
  { found, repair, subject }: Findings,
  { run, timeline }: Context,
): ActivityDocument {
  const { activityId, type, username, published, members, own } = record;
  const isRepaired = repair !== undefined && (run.withRepairs || own.is_repaired === true);
  const { text, verified } = isRepaired ? repair : found;
  const publishedAt = placeOf(published, own.published_at, timeline);
  return {
    _id: activityId,
    type,
    actor: username,
    publishedAt,
    objectIri: subject.objectIri,
    ...(type === 'Create' &&
      subject.contentHash !== undefined && { contentHash: subject.contentHash }),
    audience: own.audience ?? { kind: 'followers' },
    isPublic: own.is_public ?? true,
    ...(own.takes_back !== undefined && { takesBack: own.takes_back }),
    ...(own.profile && { profile: own.profile }),
    text,
    signedAt: parseTime(own.signed_at) ?? signingTime(members) ?? publishedAt,
    verified,
    ...((isRepaired || !isWholeRecord(members)) && { original: bareActivityRecord(members) }),
    ...(own.withdrawn_at !== undefined && { withdrawnAt: new Date(own.withdrawn_at) }),
  };
}

/** An export says the place in the order that a claim had; it can never be before its own time. */
function placeOf(published: Date | undefined, said: string | undefined, timeline: Timeline): Date {
  const place = parseTime(said);
  const isFit = place && (published === undefined || place >= published);
  return isFit ? timeline.take(published, place) : timeline.place(published);
}

function subjectOf({ object }: ActivityRecord): Subject {
  const objectIri = iriOf(object);
  const contentHash =
    getStringMember(getMember(object, 'contentHash'), 'value') ??
    getStringMember(object, 'contentHash');
  const name = getStringMember(object, 'name');
  return {
    objectIri,
    ...(contentHash !== undefined && { contentHash }),
    ...(name !== undefined && { name }),
  };
}

function iriOf(object: JsonNode): string {
  const iri = object.kind === 'string' ? object.value : (getStringMember(object, 'id') ?? '');
  return iri.toWellFormed();
}

/** Puts the metadata that the registry has back into the object, and looks whether that verifies. */
async function repairRecord(
  record: ActivityRecord,
  { name, contentHash }: Subject,
  verify: (repaired: ActivityRecord) => VerifiedText,
  { registry }: Context,
): Promise<VerifiedText | undefined> {
  if (name === undefined || contentHash === undefined) return undefined;
  const metadata = await registry.findMetadata(name, contentHash);
  if (metadata === undefined) return undefined;
  const object = new Map(parseRawMembers(record.members.get('object_data') ?? '{}'));
  const members = new Map(record.members);
  members.set('object_data', joinRawMembers(object.set('metadata', metadata)));
  const repaired = verify({ ...record, members });
  return repaired.verified === false ? undefined : repaired;
}

/** Equal records are the same activity; what is known of it now may be more than before. */
function meetActivity(
  existing: ActivityDocument,
  wanted: ActivityDocument,
): Meeting<ActivityDocument> {
  if (recordOfActivity(existing) !== recordOfActivity(wanted)) return 'conflict';
  if (existing.verified !== false || wanted.verified === false) return 'same';
  const { text, verified, original } = wanted;
  return {
    expected: { text: existing.text, verified: false },
    values: { text, verified, ...(original !== undefined && { original }) },
  };
}
