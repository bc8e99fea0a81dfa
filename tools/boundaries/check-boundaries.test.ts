import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CruiseReport, cruiseWorkspace } from './cruise-workspace.ts';

const packages = [
  'libs/errors',
  'libs/registry',
  'libs/signatures',
  'libs/verification',
  'libs/store',
  'libs/queues',
  'libs/keyring',
  'libs/runtime',
  'libs/archive',
  'libs/local-servers',
  'libs/diagnostics',
  'libs/roles',
  'libs/testing',
  'services/gateway',
  'services/signer',
  'services/all-in-one',
];
const drivers = ['mongodb', 'bullmq', 'ioredis', 'mongodb-memory-server-core', 'chalk'];

/** Code that keeps the rules: seeing a violation here is as wrong as missing one below. */
const lawful = {
  'libs/registry/src/asset.ts': `import { createHash } from 'node:crypto'; import '@artdag/errors';`,
  'libs/registry/src/asset.test.ts': `import 'node:fs'; import './asset.ts'; import '@artdag/testing';`,
  'libs/registry/src/testing/vectors.ts': `import 'node:fs';`,
  'libs/registry/src/vectors.test.ts': `import './testing/vectors.ts';`,
  'libs/signatures/src/digest.ts': `import 'node:crypto';`,
  'libs/verification/src/types.ts': `import type {} from 'node:crypto';`,
  'libs/store/src/connection.ts': `import 'mongodb'; import type {} from '@artdag/registry';`,
  'libs/queues/src/connection.ts': `import 'ioredis'; import 'bullmq';`,
  'libs/local-servers/src/real.ts': `import 'mongodb-memory-server-core'; import '@artdag/runtime';`,
  'libs/diagnostics/src/check.ts': `import '@artdag/store'; import '@artdag/queues';`,
  'libs/roles/src/start.ts': `import '@artdag/diagnostics'; import '@artdag/queues';`,
  'libs/archive/src/import.ts': `import '@artdag/keyring'; import '@artdag/store';`,
  'libs/testing/src/kit.ts': `import '@artdag/store'; import '@artdag/local-servers';`,
  'services/signer/src/context.ts': `import '@artdag/keyring'; import '@artdag/store';`,
  'services/all-in-one/src/roles.ts': `import '@artdag/gateway'; import '@artdag/signer';`,
  'tools/cli/src/setup.ts': `import '@artdag/keyring'; import 'chalk';`,
  'tools/bootstrap/main.mjs': `import './install.mjs'; import 'node:fs';`,
  'tools/bootstrap/install.mjs': `import 'node:path';`,
  'tests/f1.test.ts': `import '@artdag/testing'; import '@artdag/gateway'; import './kit.ts';`,
  'tests/kit.ts': `import '@artdag/all-in-one';`,
};

/** Each file breaks the rule that stands beside it. */
const planted = {
  'libs/errors/src/upward.ts': ['direction-of-errors', `import '@artdag/registry';`],
  'libs/store/src/sideward.ts': [
    'direction-of-store-queues-keyring-peers-runtime',
    `import type { Producer } from '@artdag/queues';`,
  ],
  'libs/runtime/src/check.ts': [
    'direction-of-store-queues-keyring-peers-runtime',
    `import '@artdag/diagnostics';`,
  ],
  'libs/diagnostics/src/upward.ts': [
    'direction-of-archive-local-servers-diagnostics',
    `import '@artdag/roles';`,
  ],
  'libs/diagnostics/src/sideward.ts': [
    'direction-of-archive-local-servers-diagnostics',
    `import '@artdag/local-servers';`,
  ],
  'libs/archive/src/sideward.ts': [
    'direction-of-archive-local-servers-diagnostics',
    `import '@artdag/local-servers';`,
  ],
  'libs/runtime/src/service.ts': ['libs-do-not-know-services', `import '@artdag/gateway';`],
  'services/gateway/src/tool.ts': ['services-do-not-know-tools', `import '../../../tests/kit.ts';`],
  'services/gateway/src/signer.ts': ['services-are-strangers', `import '@artdag/signer';`],
  'services/gateway/src/signer-type.ts': [
    'services-are-strangers',
    `import type { SignerConfig } from '@artdag/signer';`,
  ],
  'services/signer/src/lazy.ts': ['services-are-strangers', `await import('@artdag/all-in-one');`],
  'services/gateway/src/driver.ts': ['only-from-store-mongodb', `import 'mongodb';`],
  'services/gateway/src/driver-type.ts': [
    'only-from-store-mongodb',
    `import type { Db } from 'mongodb';`,
  ],
  'services/gateway/src/queue.ts': ['only-from-queues-bullmq', `import 'bullmq';`],
  'libs/testing/src/redis.ts': ['only-from-queues-ioredis', `import 'ioredis';`],
  'tests/server.ts': [
    'only-from-local-servers-mongodb-memory-server-core',
    `import 'mongodb-memory-server-core';`,
  ],
  'services/gateway/src/keys.ts': [
    'private-keys-stay-with-the-signer',
    `import '@artdag/keyring';`,
  ],
  'libs/registry/src/clock.ts': ['pure-libs-do-no-io', `import 'node:fs/promises';`],
  'libs/signatures/src/net.ts': ['pure-libs-do-no-io', `import 'node:https';`],
  'libs/signatures/src/portable.ts': ['portable-means-without-node', `import './digest.ts';`],
  'libs/verification/src/digest.ts': ['the-browser-has-no-node', `import 'node:crypto';`],
  'libs/verification/src/whole.ts': ['the-browser-has-no-node', `import '@artdag/signatures';`],
  'libs/store/src/deep.ts': [
    'a-package-has-one-face',
    `import { AppError } from '../../errors/src/app-error.ts';`,
  ],
  'services/gateway/src/kit.ts': ['the-test-kit-is-for-tests', `import '@artdag/testing';`],
  'libs/registry/src/leak.ts': ['test-support-is-for-tests', `import './testing/vectors.ts';`],
  'libs/registry/src/uses-test.ts': ['tests-are-not-imported', `import './asset.test.ts';`],
  'tools/bootstrap/colour.mjs': ['the-bootstrap-stands-alone', `import 'chalk';`],
  'libs/runtime/src/dev.ts': ['product-code-needs-no-dev-dependency', `import 'chalk';`],
  'libs/store/src/inside.ts': [
    'everything-resolves',
    `import { AppError } from '@artdag/errors/src/app-error.ts';`,
  ],
  'libs/store/src/typo.ts': ['everything-resolves', `import './no-such-file.ts';`],
} as const;

let root: string;
let report: CruiseReport;

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(root, dirname(path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** An importable package, linked the way a workspace links its own. */
async function writePackage(path: string): Promise<void> {
  const name = `@artdag/${path.split('/').at(-1)}`;
  const manifest = {
    name,
    type: 'module',
    exports: { '.': './src/index.ts' },
    ...(path === 'libs/runtime' ? { devDependencies: { chalk: '*' } } : {}),
  };
  await write(`${path}/package.json`, JSON.stringify(manifest));
  await write(`${path}/src/index.ts`, 'export {};');
  await symlink(join(root, path), join(root, 'node_modules', name));
}

async function writeDriver(name: string): Promise<void> {
  await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
  await write(`node_modules/${name}/index.js`, '');
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'boundaries-'));
  await mkdir(join(root, 'node_modules/@artdag'), { recursive: true });
  await write('package.json', '{}');
  await Promise.all([...packages.map(writePackage), ...drivers.map(writeDriver)]);
  await write('libs/errors/src/app-error.ts', 'export {};');
  await write('services/gateway/src/ring-a.ts', `import type {} from './ring-b.ts';`);
  await write('services/gateway/src/ring-b.ts', `import './ring-a.ts';`);
  for (const [path, text] of Object.entries(lawful)) await write(path, text);
  for (const [path, [, text]] of Object.entries(planted)) await write(path, text);
  report = await cruiseWorkspace(root);
});
afterAll(() => rm(root, { recursive: true }));

const rulesBrokenBy = (path: string) =>
  report.violations.filter(({ from }) => from === path).map(({ rule }) => rule);

test('reads every source file and follows the links between packages', () => {
  expect(report.unseen).toEqual([]);
  expect(report.moduleCount).toBeGreaterThan(Object.keys({ ...planted, ...lawful }).length);
  expect(report.dependencyCount).toBeGreaterThan(Object.keys(planted).length);
});

test.each(Object.entries(planted))('catches %s', (path, [rule]) => {
  expect(rulesBrokenBy(path)).toContain(rule);
});

test('catches a cycle that is held together by a type', () => {
  const cycles = report.violations.filter(({ rule }) => rule === 'no-cycles');
  expect(cycles.map(({ from }) => from)).toContain('services/gateway/src/ring-a.ts');
});

test.each(Object.keys(lawful))('lets %s pass', (path) => {
  expect(rulesBrokenBy(path)).toEqual([]);
});

test('says what each rule wants', () => {
  for (const { comment } of report.violations) expect(comment).not.toBe('');
});
