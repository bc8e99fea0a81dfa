/** Who an activity of ours is sent to. */
export type Audience =
  /** The actor's followers, and besides them these actors. */
  | { readonly kind: 'followers'; readonly actorIris?: readonly string[] }
  /** These actors only, by their IRIs. */
  | { readonly kind: 'actors'; readonly actorIris: readonly string[] };
