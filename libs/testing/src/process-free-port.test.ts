import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePort } from './process-free-port.ts';

test('a port is given once, though nobody listens on it yet, and only where nobody listens', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(new Set(ports).size).toBe(50);

  const last = Math.max(...ports);
  await using server = createServer().listen(last + 1, '127.0.0.1');
  await once(server, 'listening');
  expect(await freePort()).not.toBe(last + 1);
});
