/** What came of a check: its tool may not be had on this machine, which is said and is no failure. */
export type Verdict =
  | { readonly kind: 'ok' }
  | { readonly kind: 'faulty'; readonly output: string }
  | { readonly kind: 'unchecked'; readonly reason: string };

/** A named check of what is deployed. */
export interface Check {
  readonly name: string;
  run(): Promise<Verdict>;
}
