import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createIris } from '@artdag/activitypub';
import type { Archive } from '../archive-files.ts';
import { readActorFile } from '../import/read-actor.ts';
import { readArchive } from '../read-archive.ts';
import { readUserRecord } from '../records/user-record.ts';

/** Finds what a data directory says about a user's public keys. */
export interface PublishedKeys {
  /** The document of the actor where both keys are known, else the PEM of the RSA key. */
  find(username: string, actorIri: string): Promise<string | undefined>;
}

type UserKeys = { readonly publicKeyPem: string; readonly publicKeyMultibase: string };

/** The keys in `keys/*.pub`, `users.json` and `actor.json`, in this order. */
export async function openPublishedKeys(archive: Archive): Promise<PublishedKeys> {
  const ofUsers = await readUserKeys(archive);
  const actor = archive.files.has('actor') ? await readActorFile(archive.directory) : undefined;
  const pems = new Map<string, string | undefined>();
  const readPem = async (username: string) => {
    const name = `${username}.pub`;
    if (archive.keyFiles.includes(name)) return readFile(join(archive.keyDirectory, name), 'utf8');
    const ofActor = actor?.username === username ? actor.publicKeyPem : undefined;
    return ofUsers.get(username)?.publicKeyPem ?? ofActor;
  };
  return {
    async find(username, actorIri) {
      if (!pems.has(username)) pems.set(username, await readPem(username));
      const pem = pems.get(username);
      const multibase = ofUsers.get(username)?.publicKeyMultibase;
      if (pem === undefined || multibase === undefined) return pem;
      return buildKeyDocument({ username, actorIri, pem, multibase });
    },
  };
}

async function readUserKeys(archive: Archive): Promise<ReadonlyMap<string, UserKeys>> {
  const keys = new Map<string, UserKeys>();
  if (!archive.files.has('users')) return keys;
  for await (const element of readArchive(archive.directory, 'users')) {
    const reading = readUserRecord(element);
    if (reading.ok && reading.value.own.keys)
      keys.set(reading.value.username, reading.value.own.keys);
  }
  return keys;
}

interface KnownKeys {
  readonly username: string;
  readonly actorIri: string;
  readonly pem: string;
  readonly multibase: string;
}

/** What of an actor's document is about his keys, with the ids that this software gives them. */
function buildKeyDocument({ username, actorIri, pem, multibase }: KnownKeys): string {
  const iris = createIris(actorIri.slice(0, -`/users/${username}`.length));
  return JSON.stringify({
    id: actorIri,
    publicKey: { id: iris.mainKey(username), owner: actorIri, publicKeyPem: pem },
    assertionMethod: [
      { id: iris.multikey(username), controller: actorIri, publicKeyMultibase: multibase },
    ],
  });
}
