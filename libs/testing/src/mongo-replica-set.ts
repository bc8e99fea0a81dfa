import { askMongo } from '@artdag/local-servers';
import { type ProcessServer, startMongoServer } from './process-server.ts';
import { waitFor } from './process-wait.ts';

/** A MongoDB replica set of one member, which drivers find by the set's name. */
export interface ReplicaSet extends AsyncDisposable {
  readonly url: string;
  /** Leaves the set without a primary for at least so many seconds. */
  stepDown(seconds: number): Promise<void>;
}

/** `mongod` says at once that it is primary again; SecantusDB waits to be asked, every 10 s by default. */
const ASK_OFTEN = 'heartbeatFrequencyMS=2000';

/** Starts a replica set on this machine. */
export async function startReplicaSet(): Promise<ReplicaSet> {
  await using parts = new AsyncDisposableStack();
  const server = parts.use(await startMember());
  const name = await waitFor('the set has a name', () => nameOf(server));
  const started = parts.move();
  return {
    url: `mongodb://127.0.0.1:${server.port}/?replicaSet=${name}&${ASK_OFTEN}`,
    async stepDown(seconds) {
      const command = { replSetStepDown: seconds, secondaryCatchUpPeriodSecs: 0, force: true };
      const answer = await askMongo(server.port, command);
      if (!answer || answer.includes('errmsg')) throw new Error('the primary does not step down');
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** SecantusDB is a set from the start, `mongod` where it is told. */
async function startMember(): Promise<ProcessServer> {
  const server = await startMongoServer();
  if ((await nameOf(server)) !== undefined) return server;
  await server[Symbol.asyncDispose]();
  const member = await startMongoServer({ last: ['--replSet', 'artdag'] });
  await askMongo(member.port, { replSetInitiate: {} });
  return member;
}

/** The string `setName` of the answer to `hello`: its length in bytes, and its bytes with a zero. */
async function nameOf({ port }: ProcessServer): Promise<string | undefined> {
  const answer = await askMongo(port, { hello: 1 });
  const field = 'setName\0';
  const at = answer?.indexOf(field) ?? -1;
  if (!answer || at < 0) return undefined;
  const start = at + field.length;
  return answer.toString('utf8', start + 4, start + 4 + answer.readInt32LE(start) - 1);
}
