import type { ActivityDocument } from '../documents.ts';

/** An activity of one of our actors, as its document tells it. */
export interface Activity
  extends Pick<
    ActivityDocument,
    | 'type'
    | 'actor'
    | 'publishedAt'
    | 'objectIri'
    | 'contentHash'
    | 'audience'
    | 'isPublic'
    | 'takesBack'
    | 'profile'
  > {
  readonly activityId: string;
}

/** An activity that is to be signed. */
export interface PendingActivity extends Activity {
  /** JSON text without `signature` and `proof`. */
  readonly draft: string;
}

/** What signing adds to an activity. */
export interface Signature {
  /** The exact signed text. */
  readonly text: string;
  readonly signedAt: Date;
  readonly verified: ActivityDocument['verified'];
}

/** A signed activity as it is stored and served. */
export interface SignedActivity extends Activity, Signature {}

/** A Create of a content hash, and when its owner took it back. */
export interface ClaimOfHash extends SignedActivity {
  readonly withdrawnAt?: Date;
}

/** What a document says of its activity, but for its text. */
export function toActivity(document: ActivityDocument): Activity {
  const { _id, type, actor, publishedAt, objectIri, audience, isPublic } = document;
  const { contentHash, takesBack, profile } = document;
  return {
    activityId: _id,
    type,
    actor,
    publishedAt,
    objectIri,
    audience,
    isPublic,
    ...(contentHash !== undefined && { contentHash }),
    ...(takesBack !== undefined && { takesBack }),
    ...(profile !== undefined && { profile }),
  };
}

/** The signed activity of a document; nothing while it waits for its signature. */
export function toSigned(document: ActivityDocument): SignedActivity | undefined {
  const { text, signedAt, verified } = document;
  if (text === null || signedAt === null) return undefined;
  return { ...toActivity(document), text, signedAt, verified };
}
