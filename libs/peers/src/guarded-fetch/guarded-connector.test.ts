import { connect } from 'node:net';
import type { buildConnector } from 'undici';
import { expect, test } from 'vitest';
import { startPeer } from '../testing/start-peer.ts';
import { createAllowedHosts } from './allowed-hosts.ts';
import { BlockedAddressError } from './blocked-address-error.ts';
import { createGuardedConnector } from './guarded-connector.ts';

test('drops a socket whose peer turns out to be private, whatever DNS had said', async () => {
  await using peer = await startPeer(() => undefined);
  const build = (): buildConnector.connector => (_, callback) => {
    const socket = connect(peer.port, '127.0.0.1', () => callback(null, socket));
  };
  const connector = createGuardedConnector({
    allowedHosts: createAllowedHosts([]),
    timeoutMs: 1000,
    build: build as typeof buildConnector,
  });
  const error = await new Promise((resolve) => {
    connector({ hostname: 'peer.example', protocol: 'https:', port: '443' }, (...[failure]) =>
      resolve(failure),
    );
  });
  expect(error).toBeInstanceOf(BlockedAddressError);
  expect(peer.requests).toEqual([]);
});

test('finds allowed hosts by the default port of their scheme and by bracketed IPv6', () => {
  const hosts = createAllowedHosts(['localhost:80', 'L1.internal:443', '[::1]:8100']);
  expect(hosts.has('http:', 'localhost', '')).toBe(true);
  expect(hosts.has('https:', 'localhost', '')).toBe(false);
  expect(hosts.has('https:', 'l1.internal', '')).toBe(true);
  expect(hosts.has('http:', '::1', '8100')).toBe(true);
  expect(hosts.has('http:', '[::1]', '8100')).toBe(true);
  expect(hosts.has('http:', '[::1]', '8101')).toBe(false);
});
