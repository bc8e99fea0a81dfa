import { findImage } from '../docker/find-image.ts';
import type { Candidate, LocalServerOptions } from '../local-server.ts';
import { mongodVersion } from './mongod-version.ts';

export const mongoImage = `mongo:${mongodVersion}`;

export function dockerMongo(options: LocalServerOptions): Candidate {
  return {
    name: `image ${mongoImage}`,
    format: 'mongod',
    find: () =>
      findImage(options, {
        server: 'MongoDB',
        image: mongoImage,
        port: 27017,
        command: ['mongod', '--dbpath', '/data', '--bind_ip_all', '--nounixsocket'],
      }),
  };
}
