import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from './testing/run-cli.ts';

const scriptFor = async (shell: string) =>
  (await runCli(['completion', shell], { env: {} })).result;

/** What a shell offers after these words; nothing where the machine has no such shell. */
function offered(shell: string, script: string): string[] | undefined {
  const ran = spawnSync(shell, ['-c', script], { encoding: 'utf8' });
  if (ran.error) return undefined;
  expect(ran.stderr).toBe('');
  return ran.stdout.split(/\s+/).filter(Boolean);
}

test.each([
  ['artdag-l2 que', ['queues']],
  ['artdag-l2 queues re', ['resume', 'retry']],
  ['artdag-l2 queues list --j', ['--json']],
  ['artdag-l2 users reset-password --json x', []],
  ['artdag-l2 users disable li', []],
])('bash offers after "%s": %j', async (line, expected) => {
  const words = line.split(' ');
  const script = `${await scriptFor('bash')}
COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}
_artdag_l2; echo "\${COMPREPLY[@]}"`;
  const found = offered('bash', script);
  if (found) expect(found.toSorted()).toEqual(expected);
});

test('zsh and fish can read their scripts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'artdag-completion-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const zsh = await scriptFor('zsh');
  expect(zsh).toMatch(/^#compdef artdag-l2\n/);
  expect(zsh).toContain('(" queues") compadd -- list show');
  const fish = await scriptFor('fish');
  expect(fish).toContain(`complete -c artdag-l2 -f -n "__artdag_l2_at ' queues'" -a list -d `);
  expect(fish).toContain(`-l json -d 'one JSON document'`);
  for (const [shell, script] of [
    ['zsh', zsh],
    ['fish', fish],
  ] as const) {
    const file = join(folder, `artdag-l2.${shell}`);
    writeFileSync(file, script);
    const ran = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
    if (!ran.error) expect(ran.stderr).toBe('');
  }
});

test('a shell that is not known is a wrong command line', async () => {
  expect(await runCli(['completion', 'tcsh'], { env: {} })).toMatchObject({ code: 2, result: '' });
});
