/** Who an activity of ours is sent to. */
export type Audience =
  | { readonly kind: 'followers' }
  /** These actors only, by their IRIs. */
  | { readonly kind: 'actors'; readonly actorIris: readonly string[] };
