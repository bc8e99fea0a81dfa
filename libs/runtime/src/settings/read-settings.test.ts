import { isAppError } from '@artdag/errors';
import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
import {
  dataSettings,
  identitySettings,
  processSettings,
  storeSettings,
} from './common-settings.ts';
import { type Environment, readSettings } from './read-settings.ts';

const schema = Type.Object({ ...identitySettings, ...dataSettings, ...processSettings });
const withStores = Type.Object({ ...storeSettings, ...processSettings });

function refusalOf(settings: typeof schema | typeof withStores, env: Environment) {
  try {
    readSettings(settings, env);
  } catch (error) {
    if (isAppError(error, 'settings-invalid')) return error;
    throw error;
  }
  throw new Error('the settings were taken');
}

test('gives the defaults where nothing is set', () => {
  expect(readSettings(schema, {})).toMatchObject({
    ARTDAG_DOMAIN: 'artdag.rose-ash.com',
    ARTDAG_USER: 'giles',
    ARTDAG_DATA: '~/.artdag/l2',
    ARTDAG_DRAIN_SECONDS: 25,
  });
});

test('an empty or blank variable counts as unset, and space around a value is dropped', () => {
  const settings = readSettings(schema, {
    ARTDAG_USER: '',
    ARTDAG_DATA: '  ',
    ARTDAG_DOMAIN: ' art.example\n',
  });
  expect(settings).toMatchObject({
    ARTDAG_USER: 'giles',
    ARTDAG_DATA: '~/.artdag/l2',
    ARTDAG_DOMAIN: 'art.example',
  });
});

test('lists every fault at once by name and expectation', () => {
  const refusal = refusalOf(withStores, {
    REDIS_URL: 'http://cache',
    ARTDAG_LOG_LEVEL: 'loud',
    ARTDAG_METRICS_PORT: '70000',
  });
  expect(refusal.message.split('\n').sort()).toEqual([
    'ARTDAG_LOG_LEVEL: expected trace, debug, info, warn, error, fatal or silent',
    'ARTDAG_METRICS_PORT: expected a port from 1 to 65535',
    'MONGODB_URL: expected a URL that starts with mongodb:// or mongodb+srv://',
    'REDIS_URL: expected a URL that starts with redis://, rediss://, redis+cluster:// or redis+sentinel://',
  ]);
});

test('shows no value', () => {
  const secret = 'hunter2-hunter2';
  const refusal = refusalOf(withStores, { MONGODB_URL: secret, REDIS_URL: `http://:${secret}@r` });
  expect(JSON.stringify([refusal.message, refusal.faults, refusal.cause])).not.toContain(secret);
});

describe('a number is only what is written as one', () => {
  test.each(['8200.5', '1e3', '0x50', 'true', '12abc', '-', '٣'])('not %s', (text) => {
    const refusal = refusalOf(schema, { ARTDAG_METRICS_PORT: text });
    expect(refusal.faults).toEqual([
      { pointer: 'ARTDAG_METRICS_PORT', message: 'a port from 1 to 65535' },
    ]);
  });

  test('but 9100', () => {
    const settings = readSettings(schema, { ARTDAG_METRICS_PORT: '9100' });
    expect(settings.ARTDAG_METRICS_PORT).toBe(9100);
  });
});

test.each([
  'https://art.example/',
  'art.example',
  'https://art.example?x=1',
  'https://user@art.example',
  'ftp://art.example',
])('refuses %s as the base of identifiers', (url) => {
  expect(refusalOf(schema, { ARTDAG_PUBLIC_URL: url }).faults).toHaveLength(1);
});

test.each(['Giles', 'a/b', '..', '-x', 'é', 'a'.repeat(65)])('refuses %s as first user', (name) => {
  expect(refusalOf(schema, { ARTDAG_USER: name }).faults).toHaveLength(1);
});
