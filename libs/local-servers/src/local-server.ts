/** The part of a logger that is used here. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Environment variables as the caller read them: `PATH` decides what is found. */
export type Env = Readonly<Record<string, string | undefined>>;

export interface LocalServerOptions {
  /** `ARTDAG_DATA`: the server's files, its log and its lock go below it. */
  readonly dataDir: string;
  /** Downloads that survive from one start to the next. */
  readonly cacheDir: string;
  readonly log: Log;
  readonly env: Env;
}

/** A running server; it stops with this process, however this process ends. */
export interface LocalServer extends AsyncDisposable {
  readonly url: string;
  /** What was found, for people. */
  readonly found: string;
  stop(): Promise<void>;
}

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** How to run a server in the foreground. */
export interface Launch extends Command {
  readonly env?: Env;
  /** Run instead of sending SIGTERM, where the process started is only a client of the server. */
  readonly stop?: Command;
  /** Port of a server that accepts connections without looking whether it is to stop: it is woken there. */
  readonly wakePort?: number;
}

export interface Found {
  readonly description: string;
  /** Said once at every start with this server. */
  readonly warning?: string;
  launch(place: { readonly port: number; readonly dataDir: string }): Launch;
}

export interface Missing {
  readonly missing: string;
}

/** One place where a server may be found. */
export interface Candidate {
  readonly name: string;
  /** Servers of one format read each other's files. */
  readonly format: string;
  find(): Promise<Found | Missing>;
}

/** What MongoDB and Redis differ in. */
export interface ServerKind {
  readonly name: string;
  /** Folder below `ARTDAG_DATA`. */
  readonly folder: string;
  readonly urlSetting: string;
  /** What else helps when the server that wrote the data is gone. */
  readonly withoutItsServer?: string;
  readonly candidates: readonly Candidate[];
  url(port: number): string;
  /** Whether the server on this port serves requests now. */
  answers(port: number): Promise<boolean>;
}
