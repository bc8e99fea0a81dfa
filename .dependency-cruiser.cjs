/**
 * The direction of imports, as rules: a package imports only what stands to the left of it.
 *
 *   errors ← activitypub, signatures ← verification, registry ← store, queues, keyring, peers, runtime
 *          ← archive, local-servers, diagnostics ← roles, testing; ← services ← all-in-one, tools, tests, bench
 *
 * `node tools/boundaries/check-boundaries.ts` applies them.
 */

const layers = [
  ['errors'],
  ['activitypub', 'signatures'],
  ['verification', 'registry'],
  ['store', 'queues', 'keyring', 'peers', 'runtime'],
  ['archive', 'local-servers', 'diagnostics'],
  ['roles'],
];

const testFile = '\\.test\\.ts$';
/** Tests, and what a package keeps in `src/testing` for several of its own tests. */
const testCode = [testFile, '^(libs|services|tools)/[^/]+/src/testing/'];
const anyOf = (names) => `(${names.join('|')})`;

/** Keeps the libs of one layer away from each other and from all that stands above them. */
const directionOf = (libs, layer) => ({
  name: `direction-of-${libs.join('-')}`,
  comment: 'A lib imports only libs of the layers below its own',
  severity: 'error',
  from: { path: `^libs/${anyOf(libs)}/` },
  to: {
    path: '^(libs|services|tools|tests|bench)/',
    pathNot: ['^libs/$1/', `^libs/${anyOf(['testing', ...layers.slice(0, layer).flat()])}/`],
  },
});

/** Lets `packageName` into one place of the workspace. */
const onlyFrom = (packageName, place, comment) => ({
  name: `only-from-${place.split('/').at(-1)}-${packageName}`,
  comment,
  severity: 'error',
  // Programs that are measured beside ours bring their own drivers.
  from: { pathNot: [`^${place}/`, '^bench/peers/', 'node_modules'] },
  to: { path: [`(^|/)node_modules/${packageName}/`, `^${packageName}($|/)`] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers.map(directionOf),
    {
      name: 'libs-do-not-know-services',
      comment: 'Libs are used by services, tools and tests, and never import them',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(services|tools|tests|bench)/' },
    },
    {
      name: 'services-do-not-know-tools',
      comment: 'What is deployed does not import what is not',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^(tools|tests|bench)/' },
    },
    {
      name: 'services-are-strangers',
      comment: 'Services meet through a queue contract, a stored document or the signing port',
      severity: 'error',
      from: { path: '^services/([^/]+)/', pathNot: '^services/all-in-one/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    onlyFrom('mongodb', 'libs/store', 'One driver, one lib: ask a repository of @artdag/store'),
    onlyFrom('bullmq', 'libs/queues', 'One driver, one lib: use a contract of @artdag/queues'),
    onlyFrom('ioredis', 'libs/queues', 'One driver, one lib: use the connection of @artdag/queues'),
    onlyFrom(
      'mongodb-memory-server-core',
      'libs/local-servers',
      'Only local-servers finds and starts servers',
    ),
    {
      name: 'private-keys-stay-with-the-signer',
      comment:
        'Only the signer, the command line and what moves data directories read private keys; others ask the signing port',
      severity: 'error',
      from: {
        path: '^(libs|services|tools)/',
        pathNot: '^(libs/keyring|libs/archive|services/signer|tools/cli)/',
      },
      to: { path: '^libs/keyring/', pathNot: '^libs/keyring/src/remote-keyring\\.ts$' },
    },
    {
      name: 'pure-libs-do-no-io',
      comment: 'Of Node, pure libs use crypto, buffer and util only',
      severity: 'error',
      from: {
        path: `^libs/${anyOf(layers.slice(0, 3).flat())}/`,
        pathNot: testCode,
      },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|util)$' },
    },
    {
      name: 'the-browser-has-no-node',
      comment: 'Pages run it: of other libs use the portable face, of Node.js nothing',
      severity: 'error',
      from: { path: '^(libs/verification|services/gateway/src/browser)/', pathNot: testCode },
      to: {
        path: '^((node:)?[a-z_/]+|libs/(activitypub|signatures)/src/index\\.ts)$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'portable-means-without-node',
      comment: 'What the portable face leads to runs in browsers',
      severity: 'error',
      from: { path: '^libs/(activitypub|signatures)/src/portable\\.ts$' },
      to: { path: '^(node:)?(crypto|buffer|util)$', reachable: true },
    },
    {
      name: 'a-package-has-one-face',
      comment: 'Import a package by its name: its face is the exports of its package.json',
      severity: 'error',
      from: { path: '^((libs|services|tools)/[^/]+|tests|bench)/' },
      to: {
        path: '^(libs|services|tools|tests|bench)/',
        pathNot: '^$1/',
        dependencyTypes: ['local'],
      },
    },
    {
      name: 'the-test-kit-is-for-tests',
      comment: '@artdag/testing is imported by tests/, bench/ and *.test.ts files',
      severity: 'error',
      from: { pathNot: ['^libs/testing/', '^tests/', '^bench/', ...testCode] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'test-support-is-for-tests',
      comment: 'A folder src/testing is imported by tests only',
      severity: 'error',
      from: { pathNot: ['^tests/', ...testCode] },
      to: { path: testCode[1] },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'Move what two files need out of the test file',
      severity: 'error',
      from: {},
      to: { path: testFile },
    },
    {
      name: 'the-bootstrap-stands-alone',
      comment: 'It runs before anything is installed, on any Node from 20 on',
      severity: 'error',
      from: { path: '^tools/bootstrap/', pathNot: testCode },
      to: { pathNot: '^tools/bootstrap/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'product-code-needs-no-dev-dependency',
      comment: 'An image without devDependencies must run it: list it under dependencies',
      severity: 'error',
      from: { path: '^(libs|services)/', pathNot: testCode },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'Modules that need each other, for types too, are one module or want a third',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'The file, the export or the dependency in package.json is missing',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(tests/vectors|.*/node_modules/.*/node_modules/.*\\.d\\.ts$)' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      mainFields: ['module', 'main'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
