/** Where the claim of an asset stands; `unsigned` where it came from elsewhere without a Create that verifies. */
export type ClaimState = 'pending' | 'signed' | 'failed' | 'withdrawn' | 'unsigned';

/**
 * What became of the picture at an asset's address: `kept` where its bytes have the registered hash,
 * `differs` where they have another, `unusable` where they are no picture that this server shows.
 */
export type PictureState = 'kept' | 'differs' | 'unusable' | 'unreachable';

/** A registered work: a name for a content hash, and who says it is his. */
export interface Asset {
  readonly name: string;
  readonly contentHash: string;
  readonly assetType: string;
  readonly tags: readonly string[];
  /** JSON text of an object, `{}` where it is empty; numbers keep their lexical form. */
  readonly metadata: string;
  readonly url?: string;
  readonly localPath?: string;
  /** As the registry shows it: an ISO time, or a float epoch in old files. */
  readonly createdAt: string | number;
}

/** An asset together with its owner and its claim. */
export interface RegisteredAsset extends Asset {
  /** User name of the owner. */
  readonly owner: string;
  readonly registeredAt: Date;
  /** Id of the Create that claims the asset; an imported asset may have none. */
  readonly activityId: string | null;
  readonly state: ClaimState;
  /** Nothing while nobody has looked, or where there is nothing to look at. */
  readonly picture?: { readonly state: PictureState; readonly at: Date };
}
