import { fetchDocument, isSameOrigin } from '@artdag/peers';
import { type JobHandler, resolveObject } from '@artdag/queues';
import { getMember, type JsonNode } from '@artdag/signatures';
import type { FederationContext } from '../context.ts';
import { iriOf } from '../inbox/incoming-activity.ts';

type Context = Pick<FederationContext, 'store' | 'peers' | 'signHop' | 'resolveActor' | 'now'>;

const FAILURE_KEPT_MS = 10 * 60_000;

/** Handles the queue `resolve-object`. */
export function resolveObjectHandler(context: Context): JobHandler<typeof resolveObject.schema> {
  const { store, now } = context;
  const remember = (objectIri: string, reason: string) => {
    const until = new Date(now().getTime() + FAILURE_KEPT_MS);
    return store.remoteActors.rememberFailure(objectIri, reason, until);
  };
  return {
    contract: resolveObject,
    async process({ objectIri }) {
      const reason = await resolve(objectIri, context);
      if (reason !== undefined) await remember(objectIri, reason);
    },
    setAside: ({ objectIri }, reason) => remember(objectIri, reason),
  };
}

/** Finds the owner, and has him in the store. Gives why there is none, where there is none. */
async function resolve(
  objectIri: string,
  { store, peers, signHop, resolveActor, now }: Context,
): Promise<string | undefined> {
  const fetched = await fetchDocument(objectIri, { fetch: peers.fetch, signHop });
  if (!fetched.ok) return `${fetched.reason}: ${fetched.detail}`;
  const ownerIri = firstIri(getMember(fetched.document, 'attributedTo'));
  // Whoever is named on another server need not know of this object.
  if (ownerIri === undefined || !isSameOrigin(ownerIri, fetched.id)) return 'nobody owns it';
  if ((await resolveActor(ownerIri)) !== 'resolved') return 'its owner cannot be found out';
  await store.remoteObjects.rememberOwner(objectIri, ownerIri, now());
  return undefined;
}

function firstIri(node: JsonNode | undefined): string | undefined {
  return iriOf(node?.kind === 'array' ? node.items[0] : node);
}
