import { isUsername } from '@artdag/registry';
import { pathOf } from '../archive-files.ts';
import type { Element, ElementPlace } from '../json-file/element-scanner.ts';
import { joinRawMembers, type RawMembers } from '../json-file/raw-members.ts';
import { readElements } from '../json-file/read-elements.ts';
import { parseTime } from '../records/parse-time.ts';
import type { OddElement } from './keep-odd-records.ts';

/** What `actor.json` says of the original's one user. */
export interface ActorFile {
  readonly username: string | undefined;
  readonly displayName: string | undefined;
  readonly publicKeyPem: string | undefined;
  readonly createdAt: Date | undefined;
  /** Whether a private key stands in it, which belongs into `keys/`. */
  readonly hasPrivateKey: boolean;
  /** All that it says but a private key, as JSON text; undefined where an export has written it. */
  readonly original: string | undefined;
  /** Members that cannot be kept with the others. */
  readonly odd: readonly OddElement[];
}

/** What stands beside all else of a user. */
const MAX_BYTES = 1024 * 1024;
/** The form in which the original's package stores actors holds a key that nobody is to see. */
const SECRET = 'private_key';
/** An export marks the file so: what the original said stands in `users.json` then. */
const OWN = 'l2';

/** Reads `actor.json`: an actor document, or the form in which the original's package stores actors. */
export async function readActorFile(directory: string): Promise<ActorFile> {
  const texts = new Map<string, string>();
  const values = new Map<string, unknown>();
  const open: ElementPlace[] = [];
  const odd: OddElement[] = [];
  let bytes = 0;
  let hasPrivateKey = false;
  for await (const element of readElements(pathOf(directory, 'actor'), [])) {
    bytes += element.length;
    const read = readMember(element, bytes);
    const { bytes: _bytes, ...place } = element;
    if (isSecret(element)) hasPrivateKey = true;
    else if (typeof read === 'string') odd.push({ place, reason: read });
    else {
      open.push(place);
      texts.set(read.name, element.bytes.toString());
      values.set(read.name, read.value);
    }
  }
  const actor = readValues(values);
  const reason = 'the file names no user that can be here';
  const nobodys = open.map((place) => ({ place, reason }));
  return {
    ...actor,
    hasPrivateKey,
    original: originalOf(texts),
    odd: actor.username === undefined ? [...odd, ...nobodys] : odd,
  };
}

/** A member of the file, or why it cannot be kept with the others. */
function readMember({ key, bytes, isTooLong }: Element, bytesSoFar: number) {
  if (key === null) return isTooLong ? 'its name is too long' : 'the file is no object';
  if (isTooLong || bytesSoFar > MAX_BYTES) return `the file has more than ${MAX_BYTES} bytes`;
  try {
    return { name: key, value: JSON.parse(bytes.toString()) as unknown };
  } catch {
    return 'it is not JSON';
  }
}

/** A private key may also stand within a member, as text. */
function isSecret({ key, bytes }: Element): boolean {
  return key === SECRET || bytes.includes('PRIVATE KEY-----');
}

function originalOf(texts: RawMembers): string | undefined {
  if (texts.has(OWN)) return undefined;
  return joinRawMembers(texts);
}

function readValues(members: ReadonlyMap<string, unknown>) {
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
  };
}
