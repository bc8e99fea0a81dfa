import { expect, test } from 'vitest';
import { explainFailure } from './explain-failure.mjs';

test.each([
  [
    'npm error code ENOTFOUND\nnpm error syscall getaddrinfo',
    'could not be downloaded (ENOTFOUND): check the network',
  ],
  ['npm error code ENOSPC', 'the disk is full: free about 1 GB'],
  ['npm error code EACCES', 'a folder cannot be written'],
  ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'set NODE_EXTRA_CA_CERTS'],
  ['npm error something else', 'could not be installed: the details are in /log'],
])('"%s" becomes one sentence that says what to do', (output, sentence) => {
  const text = explainFailure('pnpm 12.0.0', { output }, '/log');
  expect(text).toContain(sentence);
  expect(text).toMatch(/^pnpm 12\.0\.0 .*\.$/);
});

test('a machine without npm is told where to get it', () => {
  expect(explainFailure('pnpm', { errno: 'ENOENT', output: '' }, '/log')).toMatch(
    /^npm is not found: install/,
  );
});
