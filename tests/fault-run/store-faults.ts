import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type ProcessServer, redisCommand, type TcpProxy } from '@artdag/testing';
import type { Fault } from './fault.ts';
import type { Random } from './random.ts';

const run = promisify(execFile);

/** Redis and MongoDB that end, hang, are full, or are reached badly. */
export const storeFaults: readonly Fault[] = [
  {
    name: 'F5 Redis is killed and comes back',
    inflict: ({ redis }, random) => killAndStart(redis, random),
  },
  {
    name: 'F6 Redis is emptied',
    inflict: async ({ redis }) => void (await redisCommand(redis.url, 'FLUSHALL')),
  },
  { name: 'F7 Redis hangs', inflict: ({ redis }, random) => hang(redis, random) },
  {
    name: 'F7 the clients of Redis are cut off',
    inflict: async ({ redis }) =>
      void (await redisCommand(redis.url, 'CLIENT', 'KILL', 'TYPE', 'normal')),
  },
  {
    name: 'F7 Redis has no memory left',
    async inflict({ redis }, random) {
      await redisCommand(redis.url, 'CONFIG', 'SET', 'maxmemory', '1mb');
      await delay(random.between(1000, 4000));
      await redisCommand(redis.url, 'CONFIG', 'SET', 'maxmemory', '0');
    },
  },
  {
    name: 'F8 MongoDB is killed and comes back',
    inflict: ({ mongodb }, random) => killAndStart(mongodb, random),
  },
  { name: 'F8 MongoDB hangs', inflict: ({ mongodb }, random) => hang(mongodb, random) },
  {
    name: 'F8 MongoDB is slow',
    inflict: ({ proxies }, random) => slowDown(proxies.mongodb, random),
  },
  {
    name: 'F8 the connections to MongoDB break',
    inflict: async ({ proxies }) => proxies.mongodb.cut(),
  },
  {
    name: 'F8 the connections to MongoDB are half open',
    inflict: ({ proxies }, random) => swallow(proxies.mongodb, random),
  },
  {
    name: 'F7 the connections to Redis are half open',
    inflict: ({ proxies }, random) => swallow(proxies.redis, random),
  },
  {
    name: 'F17 the disk of MongoDB is full',
    async inflict({ mongodb }, random) {
      if (process.platform === 'linux') {
        // No file of the process may grow: what it has to journal fails as on a full disk.
        await run('prlimit', ['--pid', String(mongodb.pid()), '--fsize=1']);
        await delay(random.between(1000, 4000));
      }
      await killAndStart(mongodb, random);
    },
  },
];

async function killAndStart(server: ProcessServer, random: Random): Promise<void> {
  await server.kill('SIGKILL');
  await delay(random.between(0, 5000));
  await server.start();
}

async function hang(server: ProcessServer, random: Random): Promise<void> {
  server.pause();
  await delay(random.between(500, 6000));
  server.resume();
}

async function slowDown(proxy: TcpProxy, random: Random): Promise<void> {
  proxy.delay(random.between(100, 2000));
  await delay(random.between(2000, 6000));
  proxy.pass();
}

async function swallow(proxy: TcpProxy, random: Random): Promise<void> {
  proxy.swallow();
  await delay(random.between(500, 5000));
  proxy.pass();
}
