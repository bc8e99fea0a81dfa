import type { Candidate, LocalServerOptions } from '../local-server.ts';
import { findOnPath } from '../processes/find-on-path.ts';
import { readVersion } from '../processes/read-version.ts';
import { secantusArgs, secantusFormat, secantusWarning } from './secantus-args.ts';

/** The same server as the wheel's, in Rust: about ten times faster. */
export function secantusdOnPath({ env }: LocalServerOptions): Candidate {
  return {
    name: 'secantusd-rs on PATH',
    format: secantusFormat,
    async find() {
      const binary = await findOnPath('secantusd-rs', env);
      if (binary === undefined) return { missing: 'not there' };
      const version = await readVersion(binary, env);
      if (version === undefined) return { missing: `${binary} does not run on this machine` };
      return {
        description: `SecantusDB ${version.text} (${binary})`,
        warning: secantusWarning,
        launch: (place) => ({ command: binary, args: secantusArgs(place) }),
      };
    },
  };
}
