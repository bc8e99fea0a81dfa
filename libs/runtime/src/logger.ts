import { type DestinationStream, type Logger, pino } from 'pino';
import { describeError } from './describe-error.ts';

export type { Logger } from 'pino';

const SECRETS = [
  'password',
  'token',
  'access_token',
  'authorization',
  'cookie',
  'secret',
  'url.password',
];

/** What a logger is made from. */
export interface LoggerOptions {
  readonly role: string;
  readonly level: string;
  /** Where lines go; standard output where nothing is given. */
  readonly destination?: DestinationStream;
}

/** A pino logger that writes one JSON document a line and censors secrets. */
export function createLogger({ role, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { role },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
