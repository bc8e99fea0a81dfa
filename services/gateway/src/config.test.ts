import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAppError } from '@artdag/errors';
import { type Environment, readSettings } from '@artdag/runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildGatewayConfig, gatewaySettings } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'artdag-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function configOf(env: Environment = {}) {
  return buildGatewayConfig(
    readSettings(gatewaySettings, {
      MONGODB_URL: 'mongodb://db',
      REDIS_URL: 'redis://cache',
      ARTDAG_JWT_SECRET_FILE: join(folder, 'jwt_secret'),
      ...env,
    }),
  );
}

function refusalOf(env: Environment) {
  try {
    configOf(env);
  } catch (error) {
    if (isAppError(error, 'settings-invalid')) return error;
    throw error;
  }
  throw new Error('the settings were taken');
}

const writeSecret = (text: string) => writeFileSync(join(folder, 'jwt_secret'), text);

test('has the defaults of the original', () => {
  expect(configOf()).toMatchObject({
    domain: 'artdag.rose-ash.com',
    publicUrl: 'https://artdag.rose-ash.com',
    firstUser: 'giles',
    host: '0.0.0.0',
    port: 8200,
    registration: 'open',
    tokenSeconds: 30 * 86_400,
    trustedProxies: [],
    authorizedFetch: false,
    l1Servers: ['http://localhost:8100'],
  });
});

describe('the secret of tokens', () => {
  test('comes from the file, without the newline at its end', () => {
    writeSecret('correct horse\n');
    expect(configOf().jwtSecret).toBe('correct horse');
    expect(configOf({ JWT_SECRET: 'correct horse' }).jwtSecret).toBe('correct horse');
  });

  test('comes from the variable where there is no file, or an empty one', () => {
    expect(configOf({ JWT_SECRET: 'battery' }).jwtSecret).toBe('battery');
    writeSecret('\n');
    expect(configOf({ JWT_SECRET: 'battery' }).jwtSecret).toBe('battery');
  });

  test('is to be made where there is neither', () => {
    expect(configOf().jwtSecret).toBeUndefined();
  });

  test('is refused where file and variable differ, and shown by neither', () => {
    writeSecret('correct horse\n');
    const refusal = refusalOf({ JWT_SECRET: 'battery staple' });
    expect(refusal.faults.map((fault) => fault.pointer)).toEqual(['JWT_SECRET']);
    expect(refusal.message).not.toMatch(/horse|staple/);
  });

  test('is refused where its file cannot be read', () => {
    const refusal = refusalOf({ ARTDAG_JWT_SECRET_FILE: folder });
    expect(refusal.message).toBe('ARTDAG_JWT_SECRET_FILE: expected a file that can be read');
  });
});

test('several L1 servers win over the one, without slashes at their ends', () => {
  const env = { L1_SERVERS: 'http://a:8100/, https://b.example/l1 ', ARTDAG_L1: 'http://c' };
  expect(configOf(env).l1Servers).toEqual(['http://a:8100', 'https://b.example/l1']);
  expect(configOf({ ARTDAG_L1: 'http://c/' }).l1Servers).toEqual(['http://c']);
});

describe('the secrets of L1s', () => {
  const L1_SERVERS = 'http://a:8100/, https://b.example/l1';
  const secret = 'correct-horse-battery-staple-0123';

  test('belong to L1s that are configured', () => {
    const config = configOf({ L1_SERVERS, ARTDAG_L1_SECRETS: `https://b.example/l1/=${secret}` });
    expect([...config.l1Secrets]).toEqual([['https://b.example/l1', secret]]);
    expect(configOf().l1Secrets.size).toBe(0);
  });

  test.each([
    ['for another L1', `http://c=${secret}`],
    ['too short', 'http://a:8100=horse'],
    ['with a space', `http://a:8100=${secret} ${secret}`],
    ['that two L1s share', `http://a:8100=${secret},https://b.example/l1=${secret}`],
    ['twice for one L1', `http://a:8100=${secret},http://a:8100=${secret}1`],
    ['alone', secret],
  ])('are refused %s, and not shown', (_, secrets) => {
    const refusal = refusalOf({ L1_SERVERS, ARTDAG_L1_SECRETS: secrets });
    expect(refusal.faults.map((fault) => fault.pointer)).toEqual(['ARTDAG_L1_SECRETS']);
    expect(refusal.message).not.toContain('horse');
  });
});

test('proxies are addresses or networks', () => {
  const config = configOf({ ARTDAG_TRUST_PROXY: '10.0.0.0/8, ::1,192.0.2.7' });
  expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1', '192.0.2.7']);
});

test.each(['999.1.1.1', '10.0.0.0/33', '::1/129', 'a', '10.0.0.0/', '1.2.3.4/x', 'proxy.example'])(
  'refuses the proxy %s at the start',
  (proxies) => {
    expect(refusalOf({ ARTDAG_TRUST_PROXY: proxies }).message).toBe(
      'ARTDAG_TRUST_PROXY: expected a comma list of addresses or networks',
    );
  },
);

test('lists the faults of settings and of files together', () => {
  writeSecret('correct horse');
  const refusal = refusalOf({
    PORT: '0',
    ARTDAG_REGISTRATION: 'perhaps',
    L1_SERVERS: 'l1.example',
    ARTDAG_TOKEN_DAYS: 'many',
  });
  expect(refusal.faults.map((fault) => fault.pointer).sort()).toEqual([
    'ARTDAG_REGISTRATION',
    'ARTDAG_TOKEN_DAYS',
    'L1_SERVERS',
    'PORT',
  ]);
});

test('lists the fault of the proxies beside that of the secret', () => {
  writeSecret('correct horse');
  const refusal = refusalOf({ JWT_SECRET: 'battery', ARTDAG_TRUST_PROXY: '999.1.1.1' });
  expect(refusal.faults.map((fault) => fault.pointer).sort()).toEqual([
    'ARTDAG_TRUST_PROXY',
    'JWT_SECRET',
  ]);
});
