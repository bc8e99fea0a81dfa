import { Type } from 'typebox';

const HOST_NAME = String.raw`[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*`;

/** Who this server is. */
export const identitySettings = {
  ARTDAG_DOMAIN: Type.String({
    default: 'artdag.rose-ash.com',
    pattern: `^${HOST_NAME}(:[0-9]{1,5})?$`,
    maxLength: 253,
    description: 'Domain of every identifier and of `acct:` handles.',
    expected: 'a host name such as art.example',
  }),
  ARTDAG_PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: `^https?://${HOST_NAME}(:[0-9]{1,5})?(/[^/?#\\s]+)*$`,
      description:
        'Base of every identifier and the `l2_server` claim of tokens. `https://$ARTDAG_DOMAIN` where it is not set.',
      expected: 'an http or https URL without a trailing slash',
    }),
  ),
  ARTDAG_USER: Type.String({
    default: 'giles',
    pattern: '^[a-z0-9_]([a-z0-9_-]{0,62}[a-z0-9_])?$',
    description: 'The first user and first operator; his actor exists from the first start.',
    expected: 'a user name of 1 to 64 of a-z, 0-9, _ and -',
  }),
};

/** Where files are kept. */
export const dataSettings = {
  ARTDAG_DATA: Type.String({
    default: '~/.artdag/l2',
    description: 'Data directory: `keys/` and the files of embedded servers. `~` is expanded.',
    expected: 'a path',
  }),
};

/** The stores of a service that is deployed on its own. */
export const storeSettings = {
  MONGODB_URL: Type.String({
    pattern: '^mongodb(\\+srv)?://',
    description: 'MongoDB, the truth. The path names the database (`artdag` where it names none).',
    expected: 'a URL that starts with mongodb:// or mongodb+srv://',
    secret: true,
  }),
  REDIS_URL: Type.String({
    pattern: '^(rediss?(\\+(cluster|sentinel))?|unix)://',
    description:
      'Redis or Valkey, for the queues. Must run with `maxmemory-policy noeviction`. A Redis Cluster is `redis+cluster://HOST:PORT,HOST:PORT`, Redis Sentinel `redis+sentinel://HOST:PORT,HOST:PORT/PRIMARY[/DATABASE]`; `rediss+…` encrypts.',
    expected: 'a URL that starts with redis://, rediss://, redis+cluster:// or redis+sentinel://',
    secret: true,
  }),
};

/** What every process has. */
export const processSettings = {
  ARTDAG_QUEUE_PREFIX: Type.String({
    default: 'artdag',
    pattern: '^[A-Za-z0-9_-]{1,64}$',
    description: 'First part of every key in Redis.',
    expected: '1 to 64 of A-Z, a-z, 0-9, _ and -',
  }),
  ARTDAG_LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    description: 'Least level that is logged.',
    expected: 'trace, debug, info, warn, error, fatal or silent',
  }),
  ARTDAG_METRICS_PORT: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 65535,
      description:
        'Port of the internal listener with `/metrics`, `/health/live` and `/health/ready`. Not opened where it is not set.',
      expected: 'a port from 1 to 65535',
    }),
  ),
  ARTDAG_METRICS_HOST: Type.String({
    default: '127.0.0.1',
    minLength: 1,
    description: 'Address of the internal listener. Never one that the internet reaches.',
    expected: 'an address of this machine',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://[^\\s]+[^/\\s]$',
      description:
        'Collector that traces are sent to, by OTLP over HTTP. No traces are kept where it is not set.',
      expected: 'an http or https URL without a trailing slash, such as http://localhost:4318',
    }),
  ),
  ARTDAG_TRACE_RATIO: Type.Number({
    default: 1,
    minimum: 0,
    maximum: 1,
    description: 'Part of the traces that is kept.',
    expected: 'a number from 0 to 1',
  }),
  ARTDAG_DRAIN_SECONDS: Type.Integer({
    default: 25,
    minimum: 1,
    maximum: 600,
    description: 'Time for running requests and jobs to end after a stop signal, in seconds.',
    expected: 'a number of seconds from 1 to 600',
  }),
};
