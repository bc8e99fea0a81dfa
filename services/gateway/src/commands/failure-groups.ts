import { createHash } from 'node:crypto';
import { AppError } from '@artdag/errors';
import type { FailureGroup, FailureKey, Store } from '@artdag/store';

interface Source {
  readonly store: Pick<Store, 'failures'>;
}

/** A group of failures, with the id under which operators act on it. */
export interface NamedFailureGroup extends FailureGroup {
  readonly groupId: string;
}

/** Every group of failures, the largest first. */
export async function listFailures({ store }: Source): Promise<NamedFailureGroup[]> {
  const groups = await store.failures.groups();
  return groups.map((group) => ({ ...group, groupId: groupIdOf(group) }));
}

/** @throws AppError `not-found` where nothing is left of the group. */
export async function findFailureGroup(
  groupId: string,
  context: Source,
): Promise<NamedFailureGroup> {
  const group = (await listFailures(context)).find((each) => each.groupId === groupId);
  if (group) return group;
  throw new AppError('not-found', 'No failures are left in this group.');
}

/** Short enough for a command line, and the same on every gateway. */
function groupIdOf({ kind, reason, host }: FailureKey): string {
  const text = JSON.stringify([kind, reason, host ?? null]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
