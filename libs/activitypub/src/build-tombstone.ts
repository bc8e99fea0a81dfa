/** What stands where an object was. */
export interface TombstoneSource {
  /** IRI that the object had. */
  readonly id: string;
  /** ActivityStreams type that the object had, where it is known. */
  readonly formerType?: string;
  /** UTC with whole seconds. */
  readonly deleted: string;
}

/**
 * A Tombstone, without a context of its own.
 *
 * @see https://www.w3.org/TR/activitystreams-vocabulary/#dfn-tombstone
 */
export function buildTombstone({ id, formerType, deleted }: TombstoneSource) {
  return {
    type: 'Tombstone',
    id,
    ...(formerType !== undefined && { formerType }),
    deleted,
  } as const;
}
