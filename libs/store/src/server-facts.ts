import type { Db } from 'mongodb';

/** What the MongoDB server says of itself. */
export interface ServerFacts {
  readonly version: string;
  /** Whether it is a beta server that only speaks MongoDB's protocol. */
  readonly isBeta: boolean;
  /** Whether it takes writes: a secondary does not. */
  readonly isWritable: boolean;
  /** Its clock. */
  readonly time: Date;
}

/** Asks a server for its {@link ServerFacts}. */
export async function inspectServer(database: Db): Promise<ServerFacts> {
  const [build, hello] = await Promise.all([
    database.admin().command({ buildInfo: 1 }),
    database.admin().command({ hello: 1 }),
  ]);
  return {
    version: String(build['version']),
    isBeta: build['secantusVersion'] !== undefined,
    isWritable: hello['isWritablePrimary'] === true,
    time: hello['localTime'] instanceof Date ? hello['localTime'] : new Date(),
  };
}
