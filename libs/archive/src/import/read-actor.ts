import { isUsername } from '@artdag/registry';
import { pathOf } from '../archive-files.ts';
import { readElements } from '../json-file/read-elements.ts';
import { parseTime } from '../records/parse-time.ts';

/** What `actor.json` says of the original's one user. */
export interface ActorFile {
  readonly username: string | undefined;
  readonly displayName: string | undefined;
  readonly publicKeyPem: string | undefined;
  readonly createdAt: Date | undefined;
  /** Whether a private key stands in it, which belongs into `keys/`. */
  readonly hasPrivateKey: boolean;
}

/** Reads `actor.json`: an actor document, or the form in which the original's package stores actors. */
export async function readActorFile(directory: string): Promise<ActorFile> {
  const members = new Map<string, unknown>();
  for await (const { key, bytes } of readElements(pathOf(directory, 'actor'), [])) {
    if (key !== null) members.set(key, parseOrNothing(bytes.toString()));
  }
  const text = (...names: readonly string[]) =>
    names.map((name) => members.get(name)).find((value) => typeof value === 'string');
  const publicKey = members.get('publicKey');
  const pem =
    typeof publicKey === 'object' && publicKey !== null && 'publicKeyPem' in publicKey
      ? publicKey.publicKeyPem
      : members.get('public_key');
  const username = text('preferredUsername', 'username');
  return {
    username: username !== undefined && isUsername(username) ? username : undefined,
    displayName: text('name', 'display_name')?.toWellFormed(),
    publicKeyPem: typeof pem === 'string' ? pem : undefined,
    createdAt: parseTime(members.get('published') ?? members.get('created_at')),
    hasPrivateKey: members.has('private_key'),
  };
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
