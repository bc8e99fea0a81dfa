import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chooseCacheDir, startLocalMongo, startLocalRedis } from './index.ts';
import { answersHello } from './mongo/answers-hello.ts';
import { encodeOpMsg } from './mongo/op-msg.ts';
import { wheel } from './mongo/secantusdb-wheel.ts';
import { askPort } from './processes/ask-port.ts';
import { findPython } from './python/find-python.ts';
import { installWheel } from './python/install-wheel.ts';
import { answersPing } from './redis/answers-ping.ts';

const log = { info: () => undefined, warn: () => undefined };
const cacheDir = chooseCacheDir(process.env);
const holder = fileURLToPath(new URL('../fixtures/hold-servers.ts', import.meta.url));

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'artdag-local-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const portOf = (url: string) => Number(new URL(url).port);

function pathWithout(program: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, program))).join(delimiter);
}

async function tellMongo(url: string, command: Parameters<typeof encodeOpMsg>[0]): Promise<string> {
  const answer = await askPort(portOf(url), encodeOpMsg({ ...command, $db: 'test' }));
  return answer?.toString('latin1') ?? '';
}

const keep = {
  insert: 'things',
  documents: [{ _id: 'kept for good' }],
  writeConcern: { w: 'majority', j: true },
};

async function tellRedis(url: string, command: string): Promise<string> {
  const answer = await askPort(portOf(url), Buffer.from(`${command}\r\n`));
  return answer?.toString('latin1').trim() ?? '';
}

test.each([
  ['what this machine has first', process.env['PATH']],
  ['the wheel', pathWithout('secantusd-rs')],
])('a MongoDB by %s keeps its documents from one start to the next', async (_, PATH) => {
  const options = { dataDir, cacheDir, log, env: { ...process.env, PATH } };
  const first = await startLocalMongo(options);
  await tellMongo(first.url, keep);
  await first.stop();
  expect(await answersHello(portOf(first.url))).toBe(false);
  await using second = await startLocalMongo(options);
  expect(second.found).toBe(first.found);
  expect(await tellMongo(second.url, { find: 'things' })).toContain('kept for good');
});

test.each([
  ['what this machine has first', process.env['PATH']],
  ['the wheel', pathWithout('redis-server')],
])('a Redis by %s keeps its keys and evicts none', async (_, PATH) => {
  const options = { dataDir, cacheDir, log, env: { ...process.env, PATH } };
  const first = await startLocalRedis(options);
  expect(await tellRedis(first.url, 'SET thing kept')).toBe('+OK');
  await first.stop();
  expect(await answersPing(portOf(first.url))).toBe(false);
  await using second = await startLocalRedis(options);
  expect(await tellRedis(second.url, 'GET thing')).toContain('kept');
  expect(await tellRedis(second.url, 'CONFIG GET maxmemory-policy')).toContain('noeviction');
});

test('two servers on one data directory: the second is refused with the first named', async () => {
  const options = { dataDir, cacheDir, log, env: process.env };
  await using _first = await startLocalRedis(options);
  await expect(startLocalRedis(options)).rejects.toThrow(`is in use by process ${process.pid}`);
});

test('SIGKILL of the owner leaves no server behind, and the next start has the data', async () => {
  const owner = spawn(process.execPath, [holder, dataDir, cacheDir, process.env['PATH'] ?? ''], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(owner.stdout, 'data');
  const urls: { mongo: string; redis: string } = JSON.parse(String(line));
  await tellMongo(urls.mongo, keep);
  // The signal is only sent when kill() returns: until the process is gone the data are its own.
  const gone = once(owner, 'exit');
  owner.kill('SIGKILL');
  await gone;
  await using mongo = await startLocalMongo({ dataDir, cacheDir, log, env: process.env });
  expect(await tellMongo(mongo.url, { find: 'things' })).toContain('kept for good');
  await vi.waitFor(async () => {
    expect(await answersHello(portOf(urls.mongo))).toBe(false);
    expect(await answersPing(portOf(urls.redis))).toBe(false);
  }, 10_000);
});

test('a data directory that cannot be made is one sentence that says what to do', async () => {
  writeFileSync(join(dataDir, 'file'), '');
  const options = { dataDir: join(dataDir, 'file'), cacheDir, log, env: process.env };
  await expect(startLocalMongo(options)).rejects.toMatchObject({
    code: 'start-failed',
    message: `The data directory ${options.dataDir} cannot be written: set ARTDAG_DATA to a folder that can be`,
  });
});

test('with neither Docker nor Python, says what was tried and what to do', async () => {
  const options = { dataDir, cacheDir, log, env: { PATH: dataDir } };
  await expect(startLocalRedis(options)).rejects.toThrow(
    /^No Redis server is found: set REDIS_URL.*Python 3 is not installed\)$/,
  );
});

test('the sweeper of the wheel keeps no place, which would hold up every insert beside it', async () => {
  const python = await findPython(process.env, { from: 10, to: 13 });
  if ('missing' in python) throw new Error(python.missing);
  const installed = await installWheel(
    { dataDir, cacheDir, log, env: process.env },
    { ...wheel, python, server: 'MongoDB' },
  );
  if ('missing' in installed) throw new Error(installed.missing);
  const { stdout } = await promisify(execFile)(
    python.path,
    [
      fileURLToPath(new URL('../fixtures/count_kept_places.py', import.meta.url)),
      fileURLToPath(new URL('./mongo/run_secantusdb.py', import.meta.url)),
    ],
    { env: { ...process.env, PYTHONPATH: installed.folder, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  const [asItComes, asWeRunIt] = stdout.trim().split('\n').map(Number);
  expect(asItComes).toBeGreaterThan(0);
  expect(asWeRunIt).toBe(0);
});
