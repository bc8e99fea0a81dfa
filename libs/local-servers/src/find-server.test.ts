import { expect, test } from 'vitest';
import { findServer } from './find-server.ts';
import type { Candidate, Found, ServerKind } from './local-server.ts';

const found: Found = { description: 'a server', launch: () => ({ command: 'server', args: [] }) };

function candidate(name: string, result: Awaited<ReturnType<Candidate['find']>>): Candidate {
  return { name, format: name.split(' ')[0] ?? name, find: async () => result };
}

function kindOf(candidates: Candidate[]): ServerKind {
  const urlSetting = 'MONGODB_URL';
  return {
    name: 'MongoDB',
    folder: 'mongodb',
    urlSetting,
    candidates,
    url: String,
    answers: async () => true,
  };
}

function collectLog() {
  const lines: string[] = [];
  const add = (_: object, line: string) => lines.push(line);
  return { lines, log: { info: add, warn: add } };
}

test('takes the first candidate that is there and asks no further', async () => {
  const { log, lines } = collectLog();
  const kind = kindOf([
    candidate('one', { missing: 'not there' }),
    candidate('two', found),
    { ...candidate('three', found), find: () => Promise.reject(new Error('asked')) },
  ]);
  const choice = await findServer(kind, undefined, log);
  expect(choice.candidate.name).toBe('two');
  expect(lines).toEqual(['MongoDB: one: not there', 'MongoDB: two: found a server']);
});

test('says in one sentence what was tried and what to do when nothing is there', async () => {
  const kind = kindOf([
    candidate('one', { missing: 'not there' }),
    candidate('two', { missing: 'no Python' }),
  ]);
  await expect(findServer(kind, undefined, collectLog().log)).rejects.toMatchObject({
    code: 'start-failed',
    message: expect.stringMatching(
      /^No MongoDB server is found: set MONGODB_URL.*one: not there; two: no Python\)$/,
    ),
  });
});

test('opens data only with a server that can read it', async () => {
  const { log, lines } = collectLog();
  const kind = kindOf([candidate('mongod on PATH', found), candidate('SecantusDB', found)]);
  const choice = await findServer(kind, 'SecantusDB', log);
  expect(choice.candidate.name).toBe('SecantusDB');
  expect(lines[0]).toBe("MongoDB: mongod on PATH: passed over, the data is SecantusDB's");
});

test('refuses to start over data whose server is gone', async () => {
  const kind = kindOf([
    candidate('mongod on PATH', found),
    candidate('SecantusDB', { missing: 'no pip' }),
  ]);
  const withoutItsServer = 'move it away';
  await expect(
    findServer({ ...kind, withoutItsServer }, 'SecantusDB', collectLog().log),
  ).rejects.toThrow(
    'written by SecantusDB, which is not found any more: install it again, or move it away, or set MONGODB_URL (tried SecantusDB: no pip)',
  );
});
