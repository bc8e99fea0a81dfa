import { createPublicKey } from 'node:crypto';
import type { ActorCache, ActorKey, CachedActor, ResolveFailure } from '@artdag/peers';
import type { RemoteActor, RemoteActorRepository, RemoteKey } from '@artdag/store';

/** The resolver's cache over the store, which all processes share. */
export function createActorCache(
  remoteActors: Pick<
    RemoteActorRepository,
    'find' | 'findByKey' | 'save' | 'rememberFailure' | 'findFailure'
  >,
  now: () => Date,
): ActorCache {
  return {
    find: async (actorIri) => toCached(await remoteActors.find(actorIri)),
    findByKeyId: async (keyId) => toCached(await remoteActors.findByKey(keyId)),
    save: (actor) => remoteActors.save(toRemote(actor)),
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

function toRemote({ id, keys, ...rest }: CachedActor): RemoteActor {
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
