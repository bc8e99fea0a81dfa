import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildRsaSignatureInput, parseLosslessJson, pythonCanonical } from '@artdag/signatures';
import type { OriginalKeys } from './original-keys.ts';

/** Base of the identifiers in test directories. */
export const ORIGINAL_BASE = 'https://artdag.rose-ash.com';
export const ORIGINAL_ACTOR = `${ORIGINAL_BASE}/users/giles`;

/** As deep as Python writes it. */
const DEEP = { maxDepth: 1000 };

/** A work as the original has it: an asset, and the activity that claims it. */
export interface OriginalWork {
  readonly name: string;
  /** User name of the artist; giles where nothing is said. */
  readonly artist?: string;
  /** JSON text of an object. */
  readonly metadata: string;
  readonly published?: string;
  /** JSON text. */
  readonly createdAt?: string;
  readonly convention?: 'package' | 'object-only';
  /** What has happened to the record since it was signed. */
  readonly damage?: 'metadata-lost' | 'type-changed' | 'unsigned';
  /** Members of the asset's record beside the usual ones, as JSON texts. */
  readonly more?: Readonly<Record<string, string>>;
  /** Base of the activity's id when it was signed. */
  readonly idBase?: string;
}

function actorOf({ artist = 'giles' }: OriginalWork): string {
  return `${ORIGINAL_BASE}/users/${artist}`;
}

export function contentHashOf({ name }: Pick<OriginalWork, 'name'>): string {
  return createHash('sha3-256').update(name).digest('hex');
}

/** An activity id that follows from the name. */
export function activityIdOf({ name }: Pick<OriginalWork, 'name'>): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** The record of `registry.json`, as JSON text. */
export function assetRecord(work: OriginalWork): string {
  const { name, metadata, createdAt = '1767740487.25', more = {} } = work;
  const members = {
    name: JSON.stringify(name),
    content_hash: JSON.stringify(contentHashOf(work)),
    asset_type: '"image"',
    tags: '["a", "b"]',
    metadata,
    created_at: createdAt,
    ...more,
  };
  return `{${Object.entries(members)
    .map(([key, text]) => `"${key}": ${text}`)
    .join(', ')}}`;
}

/** The record of `activities.json`, as JSON text. */
export function activityRecord(work: OriginalWork, keys: OriginalKeys): string {
  const { published = '2026-01-06T23:01:27Z', convention = 'package', damage } = work;
  const signature = `, "signature": ${signatureOf(work, published, convention, keys)}`;
  return [
    `{"activity_id": "${activityIdOf(work)}", "activity_type": "Create", "actor_id": "${actorOf(work)}"`,
    `, "object_data": ${objectOf(work, damage)}, "published": "${published}"`,
    damage === 'unsigned' ? ', "signature": null' : signature,
    '}',
  ].join('');
}

function objectOf(work: OriginalWork, damage?: OriginalWork['damage']): string {
  const contentHash = contentHashOf(work);
  const hasMetadata = work.metadata !== '{}' && damage !== 'metadata-lost';
  return [
    `{ "type":"${damage === 'type-changed' ? 'Video' : 'Image'}", "name": ${JSON.stringify(work.name)}`,
    `,\n "id": "${ORIGINAL_BASE}/objects/${contentHash}"`,
    `, "contentHash": {"algorithm": "sha3-256", "value": "${contentHash}"}`,
    `, "attributedTo": "${actorOf(work)}"`,
    hasMetadata ? `, "metadata": ${work.metadata}}` : '}',
  ].join('');
}

function signatureOf(
  work: OriginalWork,
  created: string,
  convention: OriginalWork['convention'],
  keys: OriginalKeys,
): string {
  const creator = `${actorOf(work)}#main-key`;
  const object = objectOf(work);
  const id = `${work.idBase ?? ORIGINAL_BASE}/activities/${activityIdOf(work)}`;
  const document = parseLosslessJson(
    `{"@context":"https://www.w3.org/ns/activitystreams","type":"Create","id":"${id}","actor":"${actorOf(work)}","object":${object},"published":"${created}"}`,
    DEEP,
  );
  const input =
    convention === 'package'
      ? buildRsaSignatureInput({ creator, created, document })
      : Buffer.from(pythonCanonical(parseLosslessJson(object, DEEP)));
  const signatureValue = keys.sign(input);
  return JSON.stringify({ type: 'RsaSignature2017', creator, created, signatureValue });
}

/** Files of a data directory, as texts; `keys` are those below `keys/`. */
export interface OriginalFiles {
  readonly [name: string]: string | Readonly<Record<string, string>> | undefined;
  readonly keys?: Readonly<Record<string, string>>;
}

/** The original's files of some works. */
export function originalFiles(works: readonly OriginalWork[], keys: OriginalKeys): OriginalFiles {
  const assets = works.map((work) => `${JSON.stringify(work.name)}: ${assetRecord(work)}`);
  const activities = works.map((work) => activityRecord(work, keys));
  return {
    'registry.json': `{"version": "1.0", "assets": {${assets.join(',\n')}}}`,
    'activities.json': `{"version": "1.0", "activities": [${activities.join(',\n')}]}`,
    'actor.json': JSON.stringify({
      type: 'Person',
      id: ORIGINAL_ACTOR,
      preferredUsername: 'giles',
      name: 'Giles Bradshaw',
      published: '2026-01-01T00:00:00Z',
    }),
    'followers.json': '["https://peer.example/users/ann", "https://peer.example/users/bob"]',
    'users.json': `{"users": {"giles": {"username": "giles", "password_hash": "$2b$04$${'a'.repeat(53)}", "created_at": "2026-01-01T00:00:00.123456"}}}`,
    keys: keys.files,
  };
}

/** Writes the files into a directory. */
export async function writeOriginalFiles(directory: string, files: OriginalFiles): Promise<void> {
  await mkdir(join(directory, 'keys'), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    if (typeof text === 'string') await writeFile(join(directory, name), text);
  }
  for (const [name, text] of Object.entries(files.keys ?? {})) {
    await writeFile(join(directory, 'keys', name), text, { mode: 0o600 });
  }
}
