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
  /** Fields of every line, asked for as it is written. */
  readonly mixin?: (() => object) | undefined;
}

/** A pino logger that writes one JSON document a line and censors secrets. */
export function createLogger({ role, level, destination, mixin }: LoggerOptions): Logger {
  const options = {
    level,
    base: { role },
    timestamp: pino.stdTimeFunctions.isoTime,
    ...(mixin && { mixin }),
    serializers: { err: describeError },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[hidden]' },
  };
  return destination ? pino(options, destination) : pino(options);
}
