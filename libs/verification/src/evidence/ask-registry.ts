import { isAppError } from '@artdag/errors';
import { getStringMember, type JsonNode, parseLosslessJson } from '@artdag/signatures/portable';
import type { RegistryAnswer, SaidByActivity } from '../report.ts';
import type { Sources } from './ask.ts';
import { findLink } from './find-link.ts';

/**
 * What a registry says about the hash of a claim: whose its earliest standing claim is, and
 * whether this claim was taken back. `undefined` where the activity claims no hash.
 */
export async function askRegistry(
  said: SaidByActivity,
  sources: Sources,
): Promise<RegistryAnswer | undefined> {
  if (said.type !== 'Create' || said.contentHash === null) return undefined;
  const url = `${sources.server}/objects/${encodeURIComponent(said.contentHash)}`;
  const nothing = { url, owner: null, activity: null, isWithdrawn: null };
  const answer = await sources.ask(url, 'application/activity+json');
  if ('failed' in answer) return { ...nothing, state: 'unreachable' };
  switch (answer.status) {
    case 200: {
      const activity = findLink(answer.link, 'via') ?? null;
      const owner = getStringMember(parse(answer.text), 'attributedTo') ?? null;
      const isThis = activity === said.id;
      const isWithdrawn = isThis ? false : await askWithdrawn(said, sources);
      return { url, state: 'claimed', owner, activity, isWithdrawn };
    }
    case 404:
      return { ...nothing, state: 'unknown' };
    case 410:
      return { ...nothing, state: 'withdrawn', isWithdrawn: true };
    default:
      return { ...nothing, state: 'unreachable' };
  }
}

/** Whether the asset of the claim is marked as withdrawn; null where the registry lists another. */
async function askWithdrawn(
  { id, name }: SaidByActivity,
  { ask, server }: Sources,
): Promise<boolean | null> {
  if (name === null) return null;
  const answer = await ask(`${server}/registry/${encodeURIComponent(name)}`, 'application/json');
  if ('failed' in answer || answer.status !== 200) return null;
  const asset = parse(answer.text);
  const activityId = getStringMember(asset, 'activity_id');
  if (activityId === undefined || id !== `${server}/activities/${activityId}`) return null;
  const state = getStringMember(asset, 'state');
  return state === undefined ? null : state === 'withdrawn';
}

function parse(text: string): JsonNode | undefined {
  try {
    return parseLosslessJson(text, { maxLength: 1024 * 1024 });
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
