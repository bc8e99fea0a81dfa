// Old syntax only: an old Node.js must get as far as the sentence below.
const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(
    'Node.js 20 or later is needed to begin with, this is ' +
      process.version +
      ': install it from https://nodejs.org, then run this again.',
  );
  process.exitCode = 1;
} else {
  import('./src/bootstrap.mjs').then(({ bootstrap }) => bootstrap(process.argv.slice(2)));
}
