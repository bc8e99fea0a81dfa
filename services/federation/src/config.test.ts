import { readSettings } from '@artdag/runtime';
import { expect, test } from 'vitest';
import { buildFederationConfig, federationSettings } from './config.ts';

const env = {
  MONGODB_URL: 'mongodb://127.0.0.1',
  REDIS_URL: 'redis://127.0.0.1',
  ARTDAG_SIGNING_URL: 'http://127.0.0.1:8202',
  ARTDAG_SIGNING_SECRET: 'a secret of the signing port, long enough',
};
const build = (more: Record<string, string> = {}) =>
  buildFederationConfig(readSettings(federationSettings, { ...env, ...more }));

test('reaches nothing but the open internet unless told', () => {
  expect(build().allowedHosts).toEqual([]);
  const config = build({ ARTDAG_ALLOWED_HOSTS: 'localhost:3000, [::1]:3001' });
  expect(config.allowedHosts).toEqual(['localhost:3000', '[::1]:3001']);
});

test.each(['localhost', 'http://localhost:3000', 'localhost:3000;peer:1'])(
  'takes hosts with their ports only: %s',
  (hosts) => {
    expect(() => build({ ARTDAG_ALLOWED_HOSTS: hosts })).toThrow('ARTDAG_ALLOWED_HOSTS');
  },
);

test('a worker on its own needs a signing port', () => {
  const { ARTDAG_SIGNING_URL: _, ...rest } = env;
  expect(() => readSettings(federationSettings, rest)).toThrow('ARTDAG_SIGNING_URL');
  expect(build().signing).toEqual({
    url: env.ARTDAG_SIGNING_URL,
    secret: env.ARTDAG_SIGNING_SECRET,
  });
});
