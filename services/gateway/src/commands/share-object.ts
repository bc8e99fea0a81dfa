import { addressPublic, buildAnnounce, deriveActivityId } from '@artdag/activitypub';
import { AppError } from '@artdag/errors';
import { formatPublished, hostOfIri } from '@artdag/registry';
import { requireStandingClaim } from './find-object.ts';
import { findObjectOwner } from './find-object-owner.ts';
import {
  findPublication,
  type Publication,
  type PublishContext,
  publishActivity,
  timeAfter,
} from './publish-activity.ts';
import { undoActivity, undoIdOf } from './undo-activity.ts';

/** A wish of a user about an object of another. */
export interface ShareWish {
  readonly username: string;
  readonly objectIri: string;
  readonly waitMs: number;
}

/** A share goes out without its owner's knowing where his server does not say in time who he is. */
const OWNER_WAIT_MS = 2000;

/**
 * Shares an object with the followers of a user. While the last Announce stands, it is the answer.
 *
 * @throws AppError `validation-failed` where the object cannot be shared, `not-found` or `gone`
 * where it should be here and is not, `forbidden` where an operator has blocked its host.
 */
export async function shareObject(
  { username, objectIri, waitMs }: ShareWish,
  context: PublishContext,
): Promise<Publication> {
  const { store, iris, now } = context;
  const ownName = await admitObject(username, objectIri, context);
  const latest = await store.activities.findLatest(username, 'Announce', objectIri);
  if (latest && !(await store.activities.exists(undoIdOf(latest.activityId))))
    return findPublication(latest.activityId, waitMs, context);
  const owner = ownName
    ? iris.actor(ownName)
    : await findObjectOwner(objectIri, Math.min(waitMs, OWNER_WAIT_MS), context);
  const activityId = deriveActivityId('Announce', username, objectIri, latest?.activityId ?? '');
  const publishedAt = timeAfter(latest, now());
  const published = formatPublished(publishedAt);
  const { to, cc } = addressPublic(username, iris);
  const draft = buildAnnounce(
    { activityId, username, published, objectIri, to, cc: owner ? [...cc, owner] : cc },
    iris,
  );
  return publishActivity(
    {
      activityId,
      type: 'Announce',
      actor: username,
      publishedAt,
      objectIri,
      audience: { kind: 'followers', ...(owner && { actorIris: [owner] }) },
      isPublic: true,
      draft,
    },
    waitMs,
    context,
  );
}

/**
 * Takes the last Announce of an object back.
 *
 * @throws AppError `not-found` where there was none.
 */
export async function unshareObject(
  { username, objectIri, waitMs }: ShareWish,
  context: PublishContext,
): Promise<Publication> {
  const { store, iris } = context;
  const latest = await store.activities.findLatest(username, 'Announce', objectIri);
  if (!latest) throw new AppError('not-found', 'You have not shared this object.');
  const { audience, ...shared } = latest;
  const { to, cc } = addressPublic(username, iris);
  const undoable = {
    ...shared,
    type: 'Announce',
    username,
    objectIri,
    addressees: { to, cc: [...cc, ...(audience.actorIris ?? [])] },
    delivery: { audience, isPublic: true },
  } as const;
  return undoActivity(undoable, waitMs, context);
}

/** The owner's user name where the object is of this server. */
async function admitObject(
  username: string,
  objectIri: string,
  { store, iris }: PublishContext,
): Promise<string | undefined> {
  const host = hostOfIri(objectIri);
  if (host === undefined) throw noObject('must be the address of an object');
  if (host === hostOfIri(iris.base)) {
    const contentHash = iris.contentHashOf(objectIri);
    if (contentHash === undefined) throw noObject('must be the address of an object');
    const create = await requireStandingClaim(contentHash, store);
    if (create.actor === username) throw noObject('must be of somebody else');
    return create.actor;
  }
  if (await store.hosts.isBlocked(host))
    throw new AppError('forbidden', 'An operator of this server has blocked that host.');
  return undefined;
}

function noObject(message: string): AppError {
  const faults = [{ pointer: '/object', message }];
  return new AppError('validation-failed', `body/object ${message}`, { faults });
}
