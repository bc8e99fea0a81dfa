import { createPublicKey } from 'node:crypto';
import type { ActorCache, ActorKey, CachedActor, ResolveFailure } from '@artdag/peers';
import { hostOfIri } from '@artdag/registry';
import type { RemoteActor, RemoteKey, Store } from '@artdag/store';

/**
 * The resolver's cache over the store, which all processes share. What an actor shows of his server
 * is remembered of the host.
 */
export function createActorCache(
  { remoteActors, hosts }: Pick<Store, 'remoteActors' | 'hosts'>,
  now: () => Date,
): ActorCache {
  return {
    find: async (actorIri) => toCached(await remoteActors.find(actorIri)),
    findByKeyId: async (keyId) => toCached(await remoteActors.findByKey(keyId)),
    async save(actor) {
      await remoteActors.save(toRemote(actor));
      await learnEd25519(actor, hosts, now());
    },
    rememberFailure: (iri, { reason, detail }, until) =>
      remoteActors.rememberFailure(iri, `${reason}: ${detail}`, until),
    async findFailure(iri) {
      const failure = await remoteActors.findFailure(iri, now());
      return failure === undefined ? undefined : toFailure(failure);
    },
  };
}

/** Who was gone may be back: he is looked for as if he had never been known. */
function toCached(actor: RemoteActor | undefined): CachedActor | undefined {
  if (!actor || actor.isGone) return undefined;
  const { actorIri, keys, alsoKnownAs = [], isGone: _isGone, handle: _handle, ...rest } = actor;
  return { ...rest, id: actorIri, alsoKnownAs, keys: keys.flatMap(toActorKey) };
}

/** Deliveries sign by Ed25519 where it is of use. */
async function learnEd25519(
  { id, keys, declaresEd25519 }: CachedActor,
  hosts: Store['hosts'],
  now: Date,
): Promise<void> {
  const host = hostOfIri(id);
  const isListed = keys.some(({ algorithm }) => algorithm === 'ed25519');
  if (host === undefined || !(isListed || declaresEd25519)) return;
  const known = (await hosts.find(host))?.ed25519Hint;
  const ed25519Hint = declaresEd25519 ? 'declared' : (known ?? 'listed');
  if (ed25519Hint !== known) await hosts.learn(host, { ed25519Hint }, now);
}

function toRemote({ id, keys, declaresEd25519: _, ...rest }: CachedActor): RemoteActor {
  const remoteKeys = keys.map(({ keyId, publicKeyPem: publicKey }) => ({ keyId, publicKey }));
  return { ...rest, actorIri: id, keys: remoteKeys, isGone: false };
}

function toActorKey({ keyId, publicKey: publicKeyPem }: RemoteKey): ActorKey[] {
  const type = createPublicKey(publicKeyPem).asymmetricKeyType;
  return type === 'rsa' || type === 'ed25519' ? [{ keyId, algorithm: type, publicKeyPem }] : [];
}

/** It is over in ten minutes at the latest, so nobody needs to know whether it will pass. */
function toFailure(failure: string): ResolveFailure {
  const isGone = failure.startsWith('gone:');
  return { ok: false, reason: isGone ? 'gone' : 'network', detail: failure, canRetry: !isGone };
}
