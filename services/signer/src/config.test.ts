import { readSettings } from '@artdag/runtime';
import { expect, test } from 'vitest';
import { buildSignerConfig, signerSettings } from './config.ts';

const stores = { MONGODB_URL: 'mongodb://127.0.0.1', REDIS_URL: 'redis://127.0.0.1' };
const secret = 'a secret of the signing port, long enough';
const build = (env: Record<string, string>) =>
  buildSignerConfig(readSettings(signerSettings, { ...stores, ...env }));

test('opens no signing port unless told', () => {
  expect(build({ ARTDAG_SIGNING_SECRET: secret }).signingPort).toBeUndefined();
});

test('opens a signing port on loopback unless told', () => {
  const config = build({ ARTDAG_SIGNING_PORT: '8202', ARTDAG_SIGNING_SECRET: secret });
  expect(config.signingPort).toEqual({ host: '127.0.0.1', port: 8202, secret });
});

test.each([undefined, 'too short'])(
  'a signing port needs a secret that nobody guesses',
  (given) => {
    const env = { ARTDAG_SIGNING_PORT: '8202', ...(given && { ARTDAG_SIGNING_SECRET: given }) };
    expect(() => build(env)).toThrow('ARTDAG_SIGNING_SECRET');
  },
);
