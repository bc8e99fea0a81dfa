/** An answer of any status. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Where it came from, after redirects. */
  readonly url: string;
  /** Its `Link` header. */
  readonly link?: string;
}

/** Asks for one document by GET; it does not throw. `failed` says why there is no answer. */
export type Ask = (url: string, accept: string) => Promise<Answer | { readonly failed: string }>;

/** Where a verification may look. */
export interface Sources {
  readonly ask: Ask;
  /** Base URL of the server that is being checked, without a trailing slash. */
  readonly server: string;
}
