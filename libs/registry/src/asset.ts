/** Where the claim of an asset stands; `unsigned` where it came from elsewhere without a Create that verifies. */
export type ClaimState = 'pending' | 'signed' | 'failed' | 'withdrawn' | 'unsigned';

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
}
