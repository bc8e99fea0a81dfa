/** A server that runs, and the settings that it runs with. */
export interface Server {
  readonly url: string;
  readonly mongodbUrl: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly setupLink: string;
}
