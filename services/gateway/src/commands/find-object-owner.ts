import { resolveObject } from '@artdag/queues';
import type { GatewayContext } from '../context.ts';

type Context = Pick<GatewayContext, 'store' | 'producer' | 'completions' | 'now'>;

const MAX_LENGTH = 900;

/**
 * IRI of the actor whose a peer's object is, by the federation worker's word, waited for as long as
 * `waitMs`; undefined where nobody can tell by then.
 */
export async function findObjectOwner(
  objectIri: string,
  waitMs: number,
  { store, producer, completions, now }: Context,
): Promise<string | undefined> {
  const known = await store.remoteObjects.findOwner(objectIri);
  if (known !== undefined || objectIri.length > MAX_LENGTH) return known;
  if (await store.remoteActors.findFailure(objectIri, now())) return undefined;
  const ended = completions.resolveObject.wait(objectIri, waitMs);
  if ((await producer.enqueue(resolveObject, objectIri)) === 'queued') await ended;
  return store.remoteObjects.findOwner(objectIri);
}
