import { expect, test } from 'vitest';
import { parseRedisUrl } from './redis-url.ts';

test.each(['redis://cache:6379/2', 'rediss://u:p@cache', 'unix:///run/redis.sock'])(
  '%s is one server, as its own client reads it',
  (url) => {
    expect(parseRedisUrl(url)).toEqual({ kind: 'single', url });
  },
);

test('a cluster is named by some of its nodes', () => {
  expect(parseRedisUrl('rediss+cluster://art:s%40fe@a.example:7000,[::1]:7001,b')).toEqual({
    kind: 'cluster',
    nodes: [
      { host: 'a.example', port: 7000 },
      { host: '::1', port: 7001 },
      { host: 'b', port: 6379 },
    ],
    username: 'art',
    password: 's@fe',
    isEncrypted: true,
  });
});

test('sentinels are asked for the primary of a name', () => {
  expect(parseRedisUrl('redis+sentinel://:safe@a,b:26380/main/3?sentinelPassword=x')).toEqual({
    kind: 'sentinel',
    sentinels: [
      { host: 'a', port: 26379 },
      { host: 'b', port: 26380 },
    ],
    primary: 'main',
    database: 3,
    password: 'safe',
    sentinelPassword: 'x',
    isEncrypted: false,
  });
});

test.each([
  'redis+cluster://',
  'redis+cluster://a/0',
  'redis+cluster://a,,b',
  'redis+sentinel://a:26379',
  'redis+sentinel://a:secret/main',
  'redis+sentinel://u:secret%@a/main',
  'redis+other://a',
])('%s is refused without a word of it', (url) => {
  expect(() => parseRedisUrl(url)).toThrow(/^REDIS_URL: expected/);
  expect(() => parseRedisUrl(url)).not.toThrow(/secret/);
});
