import { rm, writeFile } from 'node:fs/promises';
import { buildActor, type Iris } from '@artdag/activitypub';
import type { Store } from '@artdag/store';
import { ARCHIVE_FILES, pathOf } from '../archive-files.ts';
import { writeOddRecord } from '../import/import-odd-records.ts';
import { joinRawMembers, parseRawMembers } from '../json-file/raw-members.ts';
import { writeActivityRecord } from '../records/activity-record.ts';
import { writeAssetRecord } from '../records/asset-record.ts';
import { writeFollowerRecord } from '../records/follower-record.ts';
import { writeUserRecord } from '../records/user-record.ts';
import { exportKeys } from './export-keys.ts';
import { makeDirectory } from './new-directory.ts';
import { createRecordFile, type RecordFile } from './record-file.ts';

/** What an export works with. */
export interface ExportOptions {
  /** A directory that is not there yet, or is empty. */
  readonly directory: string;
  readonly store: Pick<Store, 'documents'>;
  readonly keyDirectory: string;
  readonly iris: Iris;
  /** Whose actor `actor.json` is. */
  readonly firstUser: string;
  readonly withPrivateKeys: boolean;
}

/** What an export came to. */
export interface ExportReport {
  /** Records by file. */
  readonly files: Readonly<Record<string, number>>;
  /** Users who have keys. */
  readonly keys: number;
  /** Activities that wait for their signature, and are not exported. */
  readonly unsigned: number;
}

const LIST = { version: '1.0' };

/**
 * Writes the original's data directory: what the original does not know stands in a member `l2` of
 * its record, or in a file of its own, and other software overlooks it.
 *
 * Assets are written before activities, so that the activity of every signed asset is there even if
 * the server goes on working.
 *
 * @throws AppError `conflict` where something else is there already.
 */
export function exportArchive(options: ExportOptions): Promise<ExportReport> {
  return makeDirectory(options.directory, (directory) => fill({ ...options, directory }));
}

async function fill(options: ExportOptions): Promise<ExportReport> {
  const { directory, store } = options;
  const { documents } = store;
  const registry = await writeFileOf(directory, 'registry', async (file) => {
    for await (const asset of documents.assets.stream()) {
      await file.add(writeAssetRecord(asset), asset._id);
    }
  });
  const activities = await writeActivities(options);
  const followers = await writeFileOf(directory, 'followers', async (file) => {
    for await (const follower of documents.followers.stream()) {
      await file.add(writeFollowerRecord(follower));
    }
  });
  const users = await writeFileOf(directory, 'users', async (file) => {
    for await (const user of documents.users.stream()) {
      await file.add(writeUserRecord(user), user._id);
    }
  });
  const oddRecords = await writeFileOf(directory, 'oddRecords', async (file) => {
    for await (const record of documents.oddRecords.stream()) {
      await file.add(writeOddRecord(record));
    }
  });
  await writeActor(options);
  const keys = await exportKeys(options.keyDirectory, directory, options.withPrivateKeys);
  const { unsigned, ...signed } = activities;
  return {
    files: { ...registry, ...signed, ...followers, ...users, ...oddRecords },
    keys,
    unsigned,
  };
}

/** Files that the original does not have, and that are left out where they would be empty. */
const OWN_FILES: ReadonlySet<string> = new Set(['furtherActivities', 'oddRecords']);

const FRAMES = {
  registry: [`{"version": "${LIST.version}", "assets": {`, '}}'],
  activities: [`{"version": "${LIST.version}", "activities": [`, ']}'],
  furtherActivities: [`{"version": "${LIST.version}", "activities": [`, ']}'],
  followers: ['[', ']'],
  users: ['{"users": {', '}}'],
  oddRecords: [`{"version": "${LIST.version}", "records": [`, ']}'],
} as const;

async function writeFileOf(
  directory: string,
  file: keyof typeof FRAMES,
  add: (file: RecordFile) => Promise<void>,
): Promise<Record<string, number>> {
  const [head, tail] = FRAMES[file];
  await using records = await createRecordFile(pathOf(directory, file), head, tail);
  await add(records);
  const count = await records.end();
  if (count === 0 && OWN_FILES.has(file)) await rm(pathOf(directory, file));
  return { [ARCHIVE_FILES[file].name]: count };
}

/** The original expects an object in each activity. */
async function writeActivities({ directory, store }: ExportOptions) {
  let unsigned = 0;
  let further: Record<string, number> = {};
  const main = await writeFileOf(directory, 'activities', async (file) => {
    further = await writeFileOf(directory, 'furtherActivities', async (furtherFile) => {
      for await (const activity of store.documents.activities.stream()) {
        if (activity.text === null) unsigned += 1;
        else {
          const record = writeActivityRecord(activity);
          const isPlain = parseRawMembers(activity.text).get('object')?.startsWith('{');
          await (isPlain ? file : furtherFile).add(record);
        }
      }
    });
  });
  return { ...main, ...further, unsigned };
}

async function writeActor({ directory, store, iris, firstUser }: ExportOptions): Promise<void> {
  const user = (await store.documents.users.find([firstUser])).get(firstUser);
  if (!user?.keys) return;
  const { displayName, summary, createdAt: published, keys } = user;
  const profile = { displayName, ...(summary !== undefined && { summary }) };
  const actor = buildActor({ username: firstUser, published, ...profile, ...keys }, iris);
  const text = writeActorRecord(JSON.stringify(actor), user.originalActor);
  await writeFile(pathOf(directory, 'actor'), `${text}\n`, { mode: 0o600 });
}

/** This server's actor, with what the original's had beside; `users.json` has all of that one. */
function writeActorRecord(actor: string, original = '{}'): string {
  const members = new Map([...parseRawMembers(original), ...parseRawMembers(actor)]);
  return joinRawMembers(members.set('l2', '{}'));
}
