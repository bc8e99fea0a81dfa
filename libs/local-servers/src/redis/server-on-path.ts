import type { Candidate, LocalServerOptions } from '../local-server.ts';
import { findOnPath } from '../processes/find-on-path.ts';
import { foundRedis } from './found-redis.ts';

export function serverOnPath(brand: 'redis' | 'valkey', { env }: LocalServerOptions): Candidate {
  return {
    name: `${brand}-server on PATH`,
    format: brand,
    async find() {
      const binary = await findOnPath(`${brand}-server`, env);
      return binary === undefined ? { missing: 'not there' } : foundRedis(binary, env);
    },
  };
}
