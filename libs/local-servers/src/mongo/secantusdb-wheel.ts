import { fileURLToPath } from 'node:url';
import type { Candidate, LocalServerOptions } from '../local-server.ts';
import { findPython } from '../python/find-python.ts';
import { installWheel } from '../python/install-wheel.ts';
import { secantusArgs, secantusFormat, secantusWarning } from './secantus-args.ts';

const runner = fileURLToPath(new URL('./run_secantusdb.py', import.meta.url));
/** The test that counts kept places says when a later one needs no runner of ours. */
export const wheel = { name: 'SecantusDB', version: '0.7.0b3' };

export function secantusdbWheel(options: LocalServerOptions): Candidate {
  return {
    name: `SecantusDB ${wheel.version} from PyPI`,
    format: secantusFormat,
    async find() {
      const python = await findPython(options.env, { from: 10, to: 13 });
      if ('missing' in python) return python;
      const installed = await installWheel(options, { ...wheel, python, server: 'MongoDB' });
      if ('missing' in installed) return installed;
      return {
        description: `SecantusDB ${wheel.version} on Python ${python.version}`,
        warning: secantusWarning,
        launch: (place) => ({
          command: python.path,
          args: [runner, ...secantusArgs(place)],
          env: { PYTHONPATH: installed.folder },
          wakePort: place.port,
        }),
      };
    },
  };
}
