import { fileURLToPath } from 'node:url';
import { chooseCacheDir } from '@artdag/local-servers';
import { listChecks } from './check/checks.ts';
import { listManifests } from './check/list-manifests.ts';

/** Says of each file that is deployed whether the tools of others take it. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const cacheDir = chooseCacheDir(process.env);
const log = {
  info: (_fields: object, message: string) => void process.stderr.write(`${message}\n`),
  warn: (_fields: object, message: string) => void process.stderr.write(`${message}\n`),
};
const options = { cacheDir, dataDir: cacheDir, env: process.env, log };

for (const check of listChecks({ root, manifests: await listManifests(root) }, options)) {
  const verdict = await check.run();
  switch (verdict.kind) {
    case 'ok':
      process.stdout.write(`ok          ${check.name}\n`);
      break;
    case 'unchecked':
      process.stdout.write(`NOT CHECKED ${check.name}: ${verdict.reason}\n`);
      break;
    case 'faulty':
      process.stdout.write(`FAULTY      ${check.name}\n${verdict.output}\n`);
      process.exitCode = 1;
  }
}
