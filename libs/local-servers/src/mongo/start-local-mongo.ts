import type { LocalServer, LocalServerOptions, ServerKind } from '../local-server.ts';
import { startLocalServer } from '../start-local-server.ts';
import { answersHello } from './answers-hello.ts';
import { dockerMongo } from './docker-mongo.ts';
import { downloadedMongod } from './downloaded-mongod.ts';
import { mongodOnPath } from './mongod-on-path.ts';
import { secantusdOnPath } from './secantusd-on-path.ts';
import { secantusdbWheel } from './secantusdb-wheel.ts';

/**
 * A single `mongod` has no retryable writes. SecantusDB has them, and its wheel looks through up to
 * 10,000 kept answers at each: after some minutes of work a write took 18 ms in place of 1.4.
 */
const PARAMETERS = 'directConnection=true&retryWrites=false';

/** The MongoDB servers that can be used here, and how to talk to them. */
export function mongoKind(options: LocalServerOptions): ServerKind {
  return {
    name: 'MongoDB',
    folder: 'mongodb',
    urlSetting: 'MONGODB_URL',
    candidates: [
      mongodOnPath(options),
      downloadedMongod(options),
      dockerMongo(options),
      secantusdOnPath(options),
      secantusdbWheel(options),
    ],
    url: (port) => `mongodb://127.0.0.1:${port}/?${PARAMETERS}`,
    answers: answersHello,
  };
}

/**
 * Finds or installs a MongoDB server and starts it on `dataDir/mongodb`, on loopback only.
 *
 * @throws AppError `start-failed`, with one sentence that says what to do
 */
export function startLocalMongo(options: LocalServerOptions): Promise<LocalServer> {
  return startLocalServer(mongoKind(options), options);
}
