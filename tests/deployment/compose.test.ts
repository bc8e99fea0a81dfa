import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { metricCatalog } from '@artdag/runtime';
import {
  createTestDatabaseUrl,
  createTestPrefix,
  freePort,
  type ProcessChild,
  startChild,
  waitFor,
} from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { post, signUp } from '../e2e/client.ts';
import { type ComposedRole, readComposedRoles } from './compose-file.ts';
import { buildImageFolder, type ImageFolder } from './image-folder.ts';

/** A role of the compose file that runs as a plain process. */
interface Started {
  readonly role: ComposedRole;
  readonly child: ProcessChild;
  readonly env: Readonly<Record<string, string>>;
}

const START_MS = 90_000;
const SIGNING_SECRET = 'f'.repeat(64);
const isRoot = process.getuid?.() === 0;

const parts = new AsyncDisposableStack();
const started: Started[] = [];
let image: ImageFolder;

beforeAll(async () => {
  image = parts.use(await buildImageFolder());
  const places = await choosePlaces();
  for (const role of await readComposedRoles({ ARTDAG_DOMAIN: 'art.example' })) {
    started.push(await start(role, places));
  }
});
afterAll(() => parts.disposeAsync());

/** What stands for the names of other containers on one machine. */
async function choosePlaces() {
  const signingPort = String(await freePort());
  return {
    signingPort,
    prefix: createTestPrefix(),
    names: new Map([
      ['mongodb://mongodb:27017/artdag', createTestDatabaseUrl(inject('mongodbUrl'))],
      ['redis://redis:6379', inject('redisUrl')],
      ['http://signer:8202', `http://127.0.0.1:${signingPort}`],
      ['8202', signingPort],
      ['0.0.0.0', '127.0.0.1'],
    ]),
  };
}

async function start(
  role: ComposedRole,
  { names, prefix }: Awaited<ReturnType<typeof choosePlaces>>,
): Promise<Started> {
  const container = join(image.root, role.name);
  const inContainer = (path: string) => join(container, path);
  const writable = role.writable.map(inContainer);
  for (const folder of [...writable, inContainer('data'), inContainer('run/secrets')]) {
    await mkdir(folder, { recursive: true });
  }
  for (const folder of isRoot ? writable : []) await chown(folder, image.user.uid, image.user.gid);
  for (const secret of role.secrets) {
    await writeFile(inContainer(`run/secrets/${secret}`), 'the secret of the recipe\n');
  }
  const settings = { ...image.env, ...role.environment };
  const env = {
    ...Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, names.get(value) ?? value]),
    ),
    ...(role.envFiles.length > 0 && { ARTDAG_SIGNING_SECRET: SIGNING_SECRET }),
    ...(await onOneMachine(inContainer, prefix)),
    ...(!role.writable.includes('/data') && { NODE_OPTIONS: onlyWriting(writable) }),
  };
  const child = parts.use(run(role.command, env));
  return { role, child, env };
}

/** Containers have addresses, folders and a Redis of their own. */
async function onOneMachine(inContainer: (path: string) => string, prefix: string) {
  return {
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    ARTDAG_METRICS_HOST: '127.0.0.1',
    ARTDAG_METRICS_PORT: String(await freePort()),
    ARTDAG_QUEUE_PREFIX: prefix,
    ARTDAG_DATA: inContainer('data'),
    ARTDAG_JWT_SECRET_FILE: inContainer('run/secrets/jwt_secret'),
    TMPDIR: inContainer('tmp'),
  };
}

/**
 * A root file system that is read-only, and no other program. The signer cannot be held by it: Node.js
 * then sets no mode of an open file. To it the image's folders are shut as it is another user.
 */
function onlyWriting(folders: readonly string[]): string {
  const writes = folders.map((folder) => `--allow-fs-write=${folder}`);
  return ['--permission', '--allow-addons', '--allow-fs-read=*', ...writes].join(' ');
}

function run(command: readonly string[], env: Readonly<Record<string, string>>): ProcessChild {
  const [program = '', ...args] = command;
  expect(program).toBe('node');
  // Only root can become the user of the image; who is somebody else is not root either.
  const user = isRoot ? image.user : {};
  return startChild({ command: image.node, args, env, cwd: image.app, ...user });
}

async function isHealthy({ child, env }: Started): Promise<boolean> {
  if (child.hasEnded()) throw new Error(child.output());
  await using check = run(image.healthCheck, env);
  return (await check.ended).code === 0;
}

const metricsOf = async ({ env }: Started) =>
  (await fetch(`http://127.0.0.1:${env['ARTDAG_METRICS_PORT']}/metrics`)).text();

test('every role starts by its command and its health check passes', async () => {
  expect(started.map(({ role }) => role.name)).toEqual(
    expect.arrayContaining(['gateway', 'signer', 'federation']),
  );
  for (const each of started)
    await waitFor(`${each.role.name} is well`, () => isHealthy(each), START_MS);
});

test('an asset is registered and its claim signed', async () => {
  const gateway = started.find(({ role }) => role.name === 'gateway');
  const url = `http://127.0.0.1:${gateway?.env['PORT']}`;
  const token = await signUp(url, 'ada');
  const asset = { name: 'composed', content_hash: 'abc', asset_type: 'image' };
  const answer = await post(`${url}/registry`, asset, token);
  expect(answer.status).toBe(200);
  expect(answer.json.activity.signature.creator).toBe('https://art.example/users/ada#main-key');
});

test('every metric of the catalog is at some role', async () => {
  const texts = await Promise.all(started.map(metricsOf));
  const names = texts.flatMap((text) =>
    [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name),
  );
  expect([...new Set(names)]).toEqual(expect.arrayContaining(Object.keys(metricCatalog)));
});

test('a stop signal ends each role by itself in its time', async () => {
  for (const { child, role } of [...started].reverse()) {
    const startedAt = performance.now();
    expect(await child.end('SIGTERM'), child.output()).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAt).toBeLessThan(role.stopGraceMs);
  }
});
