import { AppError } from '@artdag/errors';
import type { Seed, SeedCounts } from '@artdag/store';
import { Command } from 'commander';
import { refuseKnownServer, refuseProduction } from '../dev/refuse-danger.ts';
import { seedWorld } from '../dev/seed-world.ts';
import { createWorld, residents, type World } from '../dev/world.ts';
import { type ActOptions, agree, writeObserved } from '../interact.ts';
import { type OpenedServer, openServer } from '../open-server.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';

/** `dev`: a made-up world to look at while one develops, and no trace of it afterwards. */
export function devCommand(terminal: Terminal): Command {
  const group = new Command('dev').description('fill a server of development, and empty it again');
  const add = (name: string, description: string, act: (options: ActOptions) => Promise<void>) =>
    group
      .command(name)
      .description(description)
      .option('--json', 'one JSON document')
      .option('--yes', 'do not ask')
      .option('--dry-run', 'only say what would be done')
      .action(act);
  add(
    'seed',
    'add users with works, runs, followers, a contested and a withdrawn claim',
    (options) => runSeed(options, terminal),
  );
  add('unseed', 'remove what "dev seed" has added, and nothing else', (options) =>
    runUnseed(options, terminal),
  );
  return group;
}

async function runSeed(options: ActOptions, terminal: Terminal): Promise<void> {
  refuseProduction(terminal);
  await using server = await openServer(terminal, { besideRunning: true });
  const known = await server.store.seeds.find();
  if (known?.isWhole) {
    terminal.note('It is there already: "dev unseed" removes it.\n');
    return show(await server.store.seeds.count(known), options, terminal);
  }
  if (!known) await refuseKnownServer(server);
  const world = createWorld();
  if (!known) await refuseTaken(world, server);
  if (options.dryRun) return show(plan(world), options, terminal);
  await agreeToSeed(options, server, terminal);
  if (known) await removeSeed(known, server);
  const password = await seedWorld(world, server, terminal);
  const seed = await server.store.seeds.find();
  if (seed) show(await server.store.seeds.count(seed), options, terminal);
  const names = residents.map(({ username }) => username).join(', ');
  terminal.note(`Log in as ${names}; each has the password ${password}\n`);
}

async function runUnseed(options: ActOptions, terminal: Terminal): Promise<void> {
  await using server = await openServer(terminal, { besideRunning: true });
  const seed = await server.store.seeds.find();
  if (!seed) {
    terminal.note('Nothing was seeded.\n');
    return show({}, options, terminal);
  }
  const counts = await server.store.seeds.count(seed);
  if (options.dryRun) return show(counts, options, terminal);
  const what = `the users ${seed.usernames.join(', ')} and all that is theirs`;
  await agree(
    { question: `Remove ${what}?`, consequence: `This removes ${what}` },
    options,
    terminal,
  );
  show(await removeSeed(seed, server), options, terminal);
}

/** Keys go last but for the mark: without them, what is left could not be signed any more. */
async function removeSeed(seed: Seed, { store, keyDirectory }: OpenedServer): Promise<SeedCounts> {
  const { removeKeys } = await import('@artdag/keyring');
  await removeKeys({ directory: keyDirectory, usernames: seed.usernames });
  return store.seeds.remove(seed);
}

/** @throws AppError `conflict` where a name of the world is somebody else's. */
async function refuseTaken(world: World, { store, keyDirectory }: OpenedServer): Promise<void> {
  const { findKeyFiles } = await import('@artdag/keyring');
  const usernames = residents.map(({ username }) => username);
  const users = await Promise.all(usernames.map((username) => store.users.exists(username)));
  const names = [
    ...world.works.map(({ name }) => name),
    ...world.runs.map((run) => run.outputName),
  ];
  const assets = await Promise.all(names.map((name) => store.assets.find(name)));
  const taken = [
    ...usernames.filter((_, index) => users[index]),
    ...new Set(names.filter((_, index) => assets[index])),
    ...(await findKeyFiles({ directory: keyDirectory, usernames })),
  ];
  if (taken.length === 0) return;
  throw new AppError(
    'conflict',
    `Refused: these are somebody else’s already: ${taken.join(', ')}.`,
  );
}

/** An empty server is what it is for; whoever has something here is asked. */
async function agreeToSeed(
  options: ActOptions,
  { store, firstUser }: OpenedServer,
  terminal: Terminal,
): Promise<void> {
  const [works, all, hasFirst] = await Promise.all([
    store.assets.count(),
    store.users.count(),
    store.users.exists(firstUser),
  ]);
  const users = all - (hasFirst ? 1 : 0);
  if (works === 0 && users <= 0) return;
  const there = `this server has ${works} works and ${users} users besides ${firstUser}`;
  const question = `Add a made-up world? ${there[0]?.toUpperCase()}${there.slice(1)}.`;
  await agree(
    { question, consequence: `This adds a made-up world, and ${there}` },
    options,
    terminal,
  );
}

function plan({ works, runs }: World): SeedCounts {
  return { users: residents.length, assets: works.length, runs: runs.length };
}

function show(counts: SeedCounts, { json }: ActOptions, terminal: Terminal): void {
  const rows = Object.entries(counts);
  if (json) writeObserved(counts, terminal);
  else terminal.write(renderRows({ header: ['WHAT', 'COUNT'], rows }, terminal.isInteractive));
}
