import { copyKeys, createFileKeyring } from '@artdag/keyring';
import { type Archive, openArchive } from '../archive-files.ts';
import { checkArchive, refuseOtherServer } from './check-archive.ts';
import { createClaimIndex } from './claim-index.ts';
import { importActivities } from './import-activities.ts';
import { importAssets } from './import-assets.ts';
import { importFollowers } from './import-followers.ts';
import { importOddRecords } from './import-odd-records.ts';
import type { ImportOptions } from './import-options.ts';
import { createReporter, type ImportReport } from './import-report.ts';
import type { ImportRun } from './import-run.ts';
import { createUserBuilder, ensureUsers, importUsers } from './import-users.ts';
import { keepOddRecords } from './keep-odd-records.ts';
import { type KeyPlan, planKeys, refuseOtherKey } from './plan-keys.ts';
import { createPublicKeyFinder } from './public-keys.ts';
import { type ActorFile, readActorFile } from './read-actor.ts';
import { createRegistryLookup } from './registry-lookup.ts';

/**
 * Imports a data directory of the original: keys, users, followers, activities, assets.
 *
 * Everything is looked at before anything is written. Every write can be repeated, so an import that
 * was cut off at any point is completed by another one. Nothing is dropped: a record that cannot be
 * taken as it is stays among the odd records, with its text and the reason.
 *
 * @throws AppError `not-found` where there is no data directory; `json-invalid` for a file that
 * cannot be read to its end; `key-exists`, `key-unusable`, `conflict`. Nothing is written then.
 */
export async function importArchive(options: ImportOptions): Promise<ImportReport> {
  const archive = await openArchive(options.directory);
  const total = await checkArchive(archive);
  await refuseOtherServer(archive, options.iris);
  const keyPlan = await planKeys(archive, options.keyDirectory);
  const run = startRun(archive, total, options);
  const actor = archive.files.has('actor') ? await readActorFile(archive.directory) : undefined;
  await refuseUsedKeys(keyPlan, run);
  rememberKeys(keyPlan, actor, run);
  reportKeys(keyPlan, actor, run);
  reportActor(actor, run);
  if (run.isDryRun) await importRecords(keyPlan, actor, run);
  else await write(() => importRecords(keyPlan, actor, run), keyPlan, run);
  return run.reporter.report;
}

/** Until all is done the database says what is being imported. */
async function write(
  records: () => Promise<void>,
  keyPlan: KeyPlan,
  run: ImportRun,
): Promise<void> {
  const { backup } = run.store;
  await backup.begin('import', run.directory);
  await importKeys(keyPlan, run);
  await records();
  await backup.end('import');
}

function startRun(archive: Archive, total: number, options: ImportOptions): ImportRun {
  const { onRecord, onProgress, store } = options;
  let done = 0;
  const reporter = createReporter((record) => {
    done += 1;
    onRecord?.(record);
    onProgress?.(Math.min(done, total), total);
  });
  return {
    ...options,
    archive,
    reporter,
    claims: createClaimIndex(),
    publicKeys: createPublicKeyFinder(store.documents.users),
  };
}

async function importRecords(
  { copies }: KeyPlan,
  actor: ActorFile | undefined,
  run: ImportRun,
): Promise<void> {
  const fallbackTime = new Date(
    Math.min(...[...run.archive.files.values()].map(Number), Date.now()),
  );
  const keyOwners = copies.map(({ username }) => username);
  const sources = { actor, keyOwners, fallbackTime };
  const builder = createUserBuilder(sources, run);
  if (!run.isDryRun) await keepOddRecords(actor?.odd ?? [], 'actor', run);
  await importUsers(builder, sources, run);
  await importFollowers(run);
  await using registry = createRegistryLookup(run.archive);
  for (const file of ['activities', 'furtherActivities'] as const) {
    await ensureUsers(await importActivities(file, registry, run), builder, run);
  }
  await importAssets(run);
  await importOddRecords(run);
}

/** A key that was made at a first start gives way; one that somebody has signed with does not. */
async function refuseUsedKeys({ copies }: KeyPlan, { store }: ImportRun): Promise<void> {
  for (const { username, publicKey, hasPrivateKey } of copies) {
    const user = (await store.documents.users.find([username])).get(username);
    if (!hasPrivateKey || !user?.keys) continue;
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const isOther = user.keys.publicKeyPem.trim() !== pem.trim();
    if (isOther && (await store.activities.countByActor(username)) > 0) refuseOtherKey(username);
  }
}

function rememberKeys(
  { copies }: KeyPlan,
  actor: ActorFile | undefined,
  { publicKeys }: ImportRun,
): void {
  for (const { username, publicKey } of copies) publicKeys.add(username, publicKey);
  if (actor?.username !== undefined && actor.publicKeyPem !== undefined) {
    publicKeys.add(actor.username, actor.publicKeyPem);
  }
}

function reportKeys(
  { copies, odd }: KeyPlan,
  actor: ActorFile | undefined,
  { reporter, onRecord }: ImportRun,
): void {
  for (const { missing, hasPrivateKey } of copies) {
    if (hasPrivateKey) reporter.report.keys[missing.length > 0 ? 'copied' : 'there'] += 1;
  }
  for (const [name, reason] of odd) {
    onRecord?.({ position: `keys/${name}`, id: null, outcome: 'odd', reason });
  }
  if (actor?.hasPrivateKey && !copies.some(({ username }) => username === actor.username)) {
    const reason = 'its private_key is not taken: put it into keys/ as a file of its own';
    onRecord?.({ position: 'actor.json', id: actor.username ?? null, outcome: 'odd', reason });
  }
}

function reportActor(actor: ActorFile | undefined, { onRecord }: ImportRun): void {
  for (const { place, reason } of actor?.odd ?? []) {
    const position = `actor.json/${place.key ?? place.index}`;
    onRecord?.({ position, id: actor?.username ?? null, outcome: 'odd', reason });
  }
}

/** The Ed25519 key that the original does not have is made at once, so that the actor is complete. */
async function importKeys({ copies }: KeyPlan, { keyDirectory }: ImportRun): Promise<void> {
  const keyring = createFileKeyring({ directory: keyDirectory });
  for (const copy of copies) {
    if (!copy.hasPrivateKey) continue;
    await copyKeys(copy, keyDirectory);
    await keyring.ensureKeys(copy.username);
  }
}
