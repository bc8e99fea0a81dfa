import { AppError } from '@artdag/errors';
import type { Candidate, Found, Log, ServerKind } from './local-server.ts';

export interface Choice {
  readonly candidate: Candidate;
  readonly found: Found;
}

/**
 * The first candidate of the chain that is there. Data written before narrows the chain to the
 * servers that can read it: another engine on the same files would lose or break them.
 */
export async function findServer(
  kind: ServerKind,
  writtenBy: string | undefined,
  log: Log,
): Promise<Choice> {
  const reasons: string[] = [];
  for (const candidate of kind.candidates) {
    const { name } = candidate;
    if (writtenBy !== undefined && candidate.format !== writtenBy) {
      log.info(
        { server: kind.name },
        `${kind.name}: ${name}: passed over, the data is ${writtenBy}'s`,
      );
      continue;
    }
    const found = await candidate.find();
    if ('missing' in found) {
      log.info({ server: kind.name }, `${kind.name}: ${name}: ${found.missing}`);
      reasons.push(`${name}: ${found.missing}`);
      continue;
    }
    log.info({ server: kind.name }, `${kind.name}: ${name}: found ${found.description}`);
    return { candidate, found };
  }
  throw new AppError('start-failed', nothingFound(kind, writtenBy, reasons));
}

function nothingFound(kind: ServerKind, writtenBy: string | undefined, reasons: string[]): string {
  const tried = `(tried ${reasons.join('; ')})`;
  if (writtenBy !== undefined) {
    const ways = ['install it again', kind.withoutItsServer, `set ${kind.urlSetting}`];
    const advice = ways.filter((way) => way !== undefined).join(', or ');
    return `The ${kind.name} data was written by ${writtenBy}, which is not found any more: ${advice} ${tried}`;
  }
  return `No ${kind.name} server is found: set ${kind.urlSetting}, or install one, or Python 3.11 to 3.13 with pip ${tried}`;
}
