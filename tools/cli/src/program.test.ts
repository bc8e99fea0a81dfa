import { expect, test } from 'vitest';
import { allCommands, createProgram } from './program.ts';
import { runCli } from './testing/run-cli.ts';

const SECRET = /pass|secret|token|private|credential/i;

function commands() {
  const terminal = {
    env: {},
    isInteractive: false,
    write: () => undefined,
    note: () => undefined,
    confirm: async () => false,
    ask: async () => '',
    askSecret: async () => '',
    readAll: async () => '',
  };
  return allCommands(createProgram(terminal, { exitCode: undefined }));
}

test('no command takes a secret on its line, where other users of the machine can read it', () => {
  const all = commands();
  expect(all.map((command) => command.name())).toEqual(
    expect.arrayContaining(['login', 'reset-password', 'import', 'setup-keys']),
  );
  const taken = all.flatMap((command) => [
    ...command.options.filter(({ required, optional }) => required || optional),
    ...command.registeredArguments.map((argument) => ({ long: argument.name() })),
  ]);
  expect(taken.map(({ long }) => long)).toContain('--key');
  expect(taken.filter(({ long }) => SECRET.test(long ?? ''))).toEqual([]);
});

test.each([
  ['users add ada --password hidden'],
  ['users reset-password ada hidden'],
  ['login --password hidden'],
  ['login --token hidden'],
])('%s is a wrong command line', async (line) => {
  expect(await runCli(line.split(' '), { env: {} })).toMatchObject({ code: 2, result: '' });
});
