import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@artdag/errors';
import type { Seed } from '@artdag/store';
import { Type } from 'typebox';
import { parseAnswer } from '../commands/host-answers.ts';
import { createClient, type GatewayClient } from '../gateway-client.ts';
import type { OpenedServer } from '../open-server.ts';
import { follows, residents, type SeedRun, type SeedWork, type World } from './world.ts';

/** Where the world is made, and by whom. */
export interface Filling {
  readonly world: World;
  readonly seed: Seed;
  /** Gateway that its users write to. */
  readonly url: string;
  /** Its L1. */
  readonly studio: string;
  readonly password: string;
}

type Residents = ReadonlyMap<string, GatewayClient>;

const LoggedIn = Type.Object({ access_token: Type.String() });
const SETTLE_MS = 60_000;
const POLL_MS = 100;

/**
 * Lets the users do what users do, by requests to a gateway: all that comes of it is signed, and done
 * by the same jobs as ever. Ends when nothing of it waits any more.
 *
 * @throws AppError `unavailable` where it does not end in a minute.
 */
export async function fillWorld(
  filling: Filling,
  { iris, store }: Pick<OpenedServer, 'iris' | 'store'>,
): Promise<void> {
  const { world, seed } = filling;
  // Keys are made by the relay's reminder: nobody else knows of these users.
  await settle(seed, store);
  const users = await logIn(filling);
  for (const { username, displayName, summary } of residents)
    await as(users, username).ask('PATCH', `/users/${username}`, {
      display_name: displayName,
      summary,
    });
  for (const step of world.steps)
    await ('work' in step
      ? register(step.work, users, filling)
      : record(step.run, users, filling.studio));
  for (const [username, followed] of follows)
    await as(users, username).ask('POST', `/users/${username}/follow`, {
      actor: iris.actor(followed),
    });
  for (const { username, hash } of world.shared)
    await as(users, username).ask('POST', `/users/${username}/share`, {
      object: iris.object(hash),
    });
  const { owner, name } = world.takenBack;
  await as(users, owner).ask('DELETE', `/registry/${encodeURIComponent(name)}`);
  await settle(seed, store);
}

async function logIn({ url, seed, password }: Filling): Promise<Residents> {
  const address = { 'x-forwarded-for': seed.address };
  const client = createClient(url, address);
  const entries = residents.map(async ({ username }) => {
    const answer = await client.ask('POST', '/auth/login', { username, password });
    const { access_token: token } = parseAnswer(LoggedIn, answer);
    return [username, createClient(url, { ...address, authorization: `Bearer ${token}` })] as const;
  });
  return new Map(await Promise.all(entries));
}

function as(users: Residents, username: string): GatewayClient {
  const client = users.get(username);
  if (client) return client;
  throw new AppError('internal', `${username} is no user of the world.`);
}

/** What a run has made says so, as its owner would write it; the run itself is recorded later. */
async function register(
  work: SeedWork,
  users: Residents,
  { studio, world }: Filling,
): Promise<void> {
  const { owner, name, assetType, tags, hash, runId } = work;
  const run = world.runs.find((candidate) => runId !== undefined && candidate.runId === runId);
  const provenance = run && {
    run_id: run.runId,
    l1_server: studio,
    recipe: run.recipe,
    inputs: run.inputs,
  };
  await as(users, owner).ask('POST', '/registry', {
    name,
    content_hash: hash,
    asset_type: assetType,
    tags,
    ...(assetType === 'image' && { url: `${studio}/cache/${hash}` }),
    ...(provenance && { metadata: { provenance } }),
  });
}

async function record(
  { runId, owner, outputName }: SeedRun,
  users: Residents,
  studio: string,
): Promise<void> {
  await as(users, owner).ask('POST', '/registry/record-run', {
    run_id: runId,
    output_name: outputName,
    l1_server: studio,
  });
}

async function settle(seed: Seed, { seeds }: Pick<OpenedServer['store'], 'seeds'>): Promise<void> {
  const deadline = Date.now() + SETTLE_MS;
  while ((await seeds.countPromises(seed)) > 0) {
    if (Date.now() > deadline)
      throw new AppError('unavailable', 'Some of what the users did is not done after a minute.');
    await delay(POLL_MS);
  }
}
