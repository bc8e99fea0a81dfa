import { AppError } from '@artdag/errors';
import { resolveActor } from '@artdag/queues';
import { hostOfIri, isUsername, normalizeHost } from '@artdag/registry';
import type { GatewayContext } from '../context.ts';

type Context = Pick<
  GatewayContext,
  'config' | 'store' | 'producer' | 'completions' | 'iris' | 'now'
>;

/** How an actor was named: by an IRI, or by a handle. */
type Reference =
  | { readonly kind: 'iri'; readonly iri: string; readonly host: string }
  | { readonly kind: 'handle'; readonly username: string; readonly host: string };

const RESOLVE_WAIT_MS = 5000;
const MAX_LENGTH = 900;
const LOST = 'names nobody who can be found';

/**
 * The IRI of the actor whom `text` names: `@user@host`, `acct:user@host`, or an IRI. Peers are
 * asked by the federation worker: who is not known here yet is waited for.
 *
 * @throws AppError `validation-failed` where nobody is meant, `forbidden` where an operator has
 * blocked the host, `unavailable` where the peer has not answered yet.
 */
export async function findActor(text: string, context: Context): Promise<string> {
  const reference = readReference(text.trim());
  if (!reference) throw noActor('must be a handle such as @user@host, or the address of an actor');
  const own = ownUsernameOf(reference, context);
  if (own !== undefined) return findOwnActor(own, context);
  if (await context.store.hosts.isBlocked(reference.host)) {
    throw new AppError('forbidden', 'An operator of this server has blocked that host.');
  }
  return findRemoteActor(reference, context);
}

function readReference(text: string): Reference | undefined {
  if (text.length > MAX_LENGTH || !text.isWellFormed()) return undefined;
  const iriHost = hostOfIri(text);
  if (iriHost !== undefined) return { kind: 'iri', iri: text, host: iriHost };
  const parts = /^(?:acct:)?@?([A-Za-z0-9_.-]{1,64})@([^@]+)$/i.exec(text);
  const host = normalizeHost(parts?.[2] ?? '');
  if (!parts?.[1] || host === undefined) return undefined;
  return { kind: 'handle', username: parts[1], host };
}

/** A user of this server; an empty name where the reference is of this server and of no actor. */
function ownUsernameOf(
  reference: Reference,
  { config, iris }: Pick<Context, 'config' | 'iris'>,
): string | undefined {
  if (reference.kind === 'iri') {
    return reference.host === hostOfIri(iris.base)
      ? (iris.usernameOf(reference.iri) ?? '')
      : undefined;
  }
  return reference.host === normalizeHost(config.domain)
    ? reference.username.toLowerCase()
    : undefined;
}

async function findOwnActor(username: string, { store, iris }: Context): Promise<string> {
  if (isUsername(username) && (await store.users.exists(username))) return iris.actor(username);
  throw noActor('names nobody on this server');
}

async function findRemoteActor(reference: Reference, context: Context): Promise<string> {
  const { store, producer, completions, now } = context;
  const resource =
    reference.kind === 'iri' ? reference.iri : `${reference.username}@${reference.host}`;
  const known = await findKnown(reference.kind, resource, context);
  if (known !== undefined) return known;
  const isLost = async () => (await store.remoteActors.findFailure(resource, now())) !== undefined;
  if (await isLost()) throw noActor(LOST);
  const ended = completions.resolveActor.wait(resource, RESOLVE_WAIT_MS);
  if ((await producer.enqueue(resolveActor, resource)) === 'queued') await ended;
  const found = await findKnown(reference.kind, resource, context);
  if (found !== undefined) return found;
  if (await isLost()) throw noActor(LOST);
  throw new AppError('unavailable', 'That server has not answered yet: try again soon.', {
    retryAfter: 5,
  });
}

async function findKnown(
  kind: Reference['kind'],
  resource: string,
  { store }: Pick<Context, 'store'>,
): Promise<string | undefined> {
  const { remoteActors } = store;
  const actor = await (kind === 'iri'
    ? remoteActors.find(resource)
    : remoteActors.findByHandle(resource));
  return actor && !actor.isGone ? actor.actorIri : undefined;
}

function noActor(message: string): AppError {
  const faults = [{ pointer: '/actor', message }];
  return new AppError('validation-failed', `body/actor ${message}`, { faults });
}
