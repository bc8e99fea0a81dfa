import type { Candidate, LocalServerOptions } from '../local-server.ts';
import { findOnPath } from '../processes/find-on-path.ts';
import { foundMongod } from './found-mongod.ts';

export function mongodOnPath({ env }: LocalServerOptions): Candidate {
  return {
    name: 'mongod on PATH',
    format: 'mongod',
    async find() {
      const binary = await findOnPath('mongod', env);
      return binary === undefined ? { missing: 'not there' } : foundMongod(binary, env);
    },
  };
}
