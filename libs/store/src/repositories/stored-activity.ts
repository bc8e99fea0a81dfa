import type { Audience } from '../audience.ts';
import type { ActivityDocument } from '../documents.ts';

/** An activity of one of our actors. */
export interface Activity {
  readonly activityId: string;
  readonly type: string;
  /** User name of the actor. */
  readonly actor: string;
  readonly publishedAt: Date;
  /** What the activity is about. */
  readonly objectIri: string;
  /** Content hash of the object of a Create. */
  readonly contentHash?: string;
  readonly audience: Audience;
  /** Whether the outbox shows it. */
  readonly isPublic: boolean;
  /** Id of our activity that an Undo or a Delete takes back. */
  readonly takesBack?: string;
  /** What an Update makes of its actor. */
  readonly profile?: NonNullable<ActivityDocument['profile']>;
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
