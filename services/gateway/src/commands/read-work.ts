import { AppError } from '@artdag/errors';
import { checkRun } from '@artdag/queues';
import { isCheckDue, judgeRun, type RegisteredAsset } from '@artdag/registry';
import { getMember, getStringMember, parseLosslessJson } from '@artdag/signatures';
import type { ClaimOfHash, ReactionCounts, Run, SignedActivity } from '@artdag/store';
import type { GatewayContext } from '../context.ts';
import { checkSignature } from './check-signature.ts';
import { type ClaimStatus, judgeClaim } from './judge-claim.ts';

/** A work with all that its page tells. */
export interface Work {
  readonly asset: RegisteredAsset;
  readonly states: readonly ClaimStatus[];
  /** The signed Create of this asset. */
  readonly create: SignedActivity | undefined;
  /** Claims on the same hash, the earliest first. */
  readonly claims: readonly ClaimOfHash[];
  /** Whether the record and what was signed say the same; nothing where nothing is signed. */
  readonly agrees: boolean | undefined;
  /** Public activities about the object, the newest first. */
  readonly activities: readonly SignedActivity[];
  readonly counts: ReactionCounts;
  /** The registered run that made these bytes first, by the word of its L1. */
  readonly run: Run | undefined;
}

const MAX_CLAIMS = 50;
const MAX_ACTIVITIES = 20;

/**
 * Reads a work and checks its claim.
 *
 * @throws AppError `not-found`
 */
export async function readWork(
  name: string,
  context: Pick<GatewayContext, 'config' | 'store' | 'producer' | 'iris' | 'now'>,
): Promise<Work> {
  const { config, store, iris, now } = context;
  const asset = await store.assets.find(name);
  if (!asset) throw new AppError('not-found', 'No asset has this name.');
  const objectIri = iris.object(asset.contentHash);
  const [create, owner, claims, activities, counts, runs] = await Promise.all([
    asset.activityId === null ? undefined : store.activities.find(asset.activityId),
    store.users.find(asset.owner),
    store.activities.listClaims(asset.contentHash, MAX_CLAIMS),
    store.activities.listByObject(objectIri, MAX_ACTIVITIES),
    store.reactions.counts(objectIri),
    store.runs.listByOutput([asset.contentHash], 1),
  ]);
  const agrees = create && isAsRecorded(create, asset, iris.actor(asset.owner));
  const standing = claims.filter(
    ({ verified, withdrawnAt }) => verified !== false && withdrawnAt === undefined,
  );
  const [run] = runs;
  if (run) await askAgain(run, context);
  const states = judgeClaim({
    state: asset.state,
    ...(create && {
      signature: {
        finding: checkSignature(create, owner, iris),
        stored: create.verified,
        signedAt: create.signedAt,
      },
    }),
    claimants: new Set(standing.map(({ actor }) => actor)).size,
    agrees: agrees ?? true,
    provenance:
      run && judgeRun({ check: run.check, mayAsk: config.l1Servers.includes(run.l1Server) }, now()),
    now: now(),
  });
  return { asset, states, create, claims: standing, agrees, activities, counts, run };
}

/** Who looks at a work has its L1 asked again, if that is due; he sees what was found before. */
async function askAgain(
  { runKey, l1Server, result, check }: Run,
  { config, producer, now }: Pick<GatewayContext, 'config' | 'producer' | 'now'>,
): Promise<void> {
  if (!result || !config.l1Servers.includes(l1Server)) return;
  if (isCheckDue({ readAt: result.readAt, check }, now())) await producer.enqueue(checkRun, runKey);
}

function isAsRecorded(
  create: SignedActivity,
  { name, contentHash }: RegisteredAsset,
  actorIri: string,
): boolean {
  const document = parseLosslessJson(create.text);
  const object = getMember(document, 'object');
  return (
    getStringMember(document, 'actor') === actorIri &&
    getStringMember(object, 'name') === name &&
    getStringMember(getMember(object, 'contentHash'), 'value') === contentHash
  );
}
