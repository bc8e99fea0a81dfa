import { expect, test } from 'vitest';
import { hostOfIri, normalizeHost } from './normalize-host.ts';

test.each([
  ['example.org', 'example.org'],
  ['  EXAMPLE.Org. ', 'example.org'],
  ['Bücher.example', 'xn--bcher-kva.example'],
  ['XN--BCHER-KVA.example.', 'xn--bcher-kva.example'],
  ['bücher。example', 'xn--bcher-kva.example'],
  ['example.org:443', 'example.org'],
  ['example.org:8443', 'example.org:8443'],
  ['127.0.0.1:80', '127.0.0.1:80'],
  ['0x7f.1', '127.0.0.1'],
  ['[::1]:8443', '[::1]:8443'],
  ['[0:0:0:0:0:0:0:1]', '[::1]'],
])('%j is kept as %s', (text, host) => {
  expect(normalizeHost(text)).toBe(host);
});

test.each([
  '',
  ' ',
  '.',
  'a..b',
  'https://example.org',
  'giles@example.org',
  'example.org/users',
  'exa mple.org',
  'example.org:99999',
  'example.org:port',
  '%65xample.org',
  'a'.repeat(300),
])('%j is no host', (text) => {
  expect(normalizeHost(text)).toBeUndefined();
});

test.each([
  ['https://Example.org./users/ada', 'example.org'],
  ['https://example.org:443/', 'example.org'],
  ['http://example.org:80/', 'example.org'],
  ['http://127.0.0.1:8443/inbox', '127.0.0.1:8443'],
  ['https://user@example.org/', 'example.org'],
  ['ftp://example.org/', undefined],
  ['example.org', undefined],
])('the host of %s is %s', (iri, host) => {
  expect(hostOfIri(iri)).toBe(host);
});
