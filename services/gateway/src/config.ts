import { isIP } from 'node:net';
import type { Fault } from '@artdag/errors';
import {
  buildProcessConfig,
  type EffectiveSetting,
  identitySettings,
  l1Settings,
  listL1Servers,
  type ProcessConfig,
  processSettings,
  settingsError,
  storeSettings,
} from '@artdag/runtime';
import { type Static, Type } from 'typebox';
import { chooseJwtSecret } from './jwt-secret.ts';
import { readL1Secrets } from './l1-secrets.ts';

/** Settings that only the gateway has. */
export const gatewayOwnSettings = {
  PORT: Type.Integer({
    default: 8200,
    minimum: 1,
    maximum: 65535,
    description: 'Port of the gateway.',
    expected: 'a port from 1 to 65535',
  }),
  HOST: Type.String({
    default: '0.0.0.0',
    minLength: 1,
    description: 'Address that the gateway listens on.',
    expected: 'an address of this machine',
  }),
  JWT_SECRET: Type.Optional(
    Type.String({
      description:
        'Secret of HS256 tokens. Random at start where neither it nor the file is there: tokens then end with the process.',
      expected: 'a text that equals the one in the secret file',
      secret: true,
    }),
  ),
  ARTDAG_JWT_SECRET_FILE: Type.String({
    default: '/run/secrets/jwt_secret',
    description:
      'File that holds the secret of tokens; white space around it is dropped. It wins over `JWT_SECRET`.',
    expected: 'a path',
  }),
  ARTDAG_JWT_KEY: Type.Enum(['secret', 'eddsa'], {
    default: 'secret',
    description:
      'What signs tokens: `secret` is HS256 with `JWT_SECRET`, `eddsa` is Ed25519 with keys in MongoDB that `JWT_SECRET` closes, and that others read at `/.well-known/jwks.json`. Tokens of the one kind are not taken by the other.',
    expected: 'secret or eddsa',
  }),
  ARTDAG_TOKEN_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 3650,
    description: 'Life of a token, in days.',
    expected: 'a number of days from 1 to 3650',
  }),
  ARTDAG_REGISTRATION: Type.Enum(['open', 'invite', 'closed'], {
    default: 'open',
    description: 'Who may register: anybody, whoever has an invite, nobody.',
    expected: 'open, invite or closed',
  }),
  ARTDAG_INBOX_POSTS_PER_MINUTE: Type.Integer({
    default: 200_000,
    minimum: 0,
    maximum: 100_000_000,
    description:
      'Signed posts that one gateway takes from one host in a minute; 0 for any number. It stops a peer that has run wild.',
    expected: 'a number from 0 to 100000000',
  }),
  ARTDAG_AUTHORIZED_FETCH: Type.Enum(['on', 'off'], {
    default: 'off',
    description:
      'Whether activities and collections are shown only to servers that sign what they fetch and are not blocked. Actors and the registry stay public.',
    expected: 'on or off',
  }),
  ARTDAG_BOARD_PORT: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 65535,
      description:
        'Port of the board of raw jobs, for operators who log in there. Not opened where it is not set.',
      expected: 'a port from 1 to 65535',
    }),
  ),
  ARTDAG_BOARD_HOST: Type.String({
    default: '127.0.0.1',
    minLength: 1,
    description:
      'Address that the board listens on. Never one that the internet reaches: go there by a tunnel.',
    expected: 'an address of this machine',
  }),
  ARTDAG_BOARD_WRITES: Type.Enum(['on', 'off'], {
    default: 'off',
    description: 'Whether operators may pause, retry, promote and remove jobs from the board.',
    expected: 'on or off',
  }),
  ARTDAG_TRUST_PROXY: Type.Optional(
    Type.String({
      pattern: '^[0-9A-Fa-f.:/, ]+$',
      description:
        'Addresses or networks of reverse proxies whose `X-Forwarded-For` is believed, as a comma list. None where it is not set.',
      expected: 'a comma list of addresses or networks',
    }),
  ),
  ...l1Settings,
  ARTDAG_RECORD_RUN_WAIT_SECONDS: Type.Number({
    default: 25,
    minimum: 0,
    maximum: 25,
    description:
      'Longest time that an answer about a run waits for its registration, in seconds. L1s give up after 30.',
    expected: 'a number of seconds from 0 to 25',
  }),
  ARTDAG_L1_SECRETS: Type.Optional(
    Type.String({
      description:
        'Secrets by which L1 servers prove who they are at `/auth/verify`, as a comma list of `URL=secret`, each of 32 or more letters, digits and `._~+/-`. An L1 that has none is believed by its name.',
      expected: 'a comma list of URL=secret, with URLs of L1_SERVERS or ARTDAG_L1',
      secret: true,
    }),
  ),
};

/** Every setting of a gateway that is deployed on its own. */
export const gatewaySettings = Type.Object({
  ...identitySettings,
  ...storeSettings,
  ...processSettings,
  ...gatewayOwnSettings,
});

/** What a gateway needs to run. */
export interface GatewayConfig extends ProcessConfig {
  readonly domain: string;
  readonly publicUrl: string;
  /** User name of the first user, who is the first operator. */
  readonly firstUser: string;
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  readonly host: string;
  readonly port: number;
  /** Nothing where a random secret is to be made. */
  readonly jwtSecret: string | undefined;
  /** What signs tokens. */
  readonly jwtKey: 'secret' | 'eddsa';
  readonly tokenSeconds: number;
  readonly registration: 'open' | 'invite' | 'closed';
  /** Signed posts of one host in a minute; 0 for any number. */
  readonly inboxPostsPerMinute: number;
  /** Whether peers must sign their GETs of ActivityPub documents. */
  readonly authorizedFetch: boolean;
  /** Nothing where no port is set. */
  readonly board: BoardConfig | undefined;
  readonly trustedProxies: readonly string[];
  readonly l1Servers: readonly string[];
  /** How long an answer about a run waits for its registration. */
  readonly recordRunWaitMs: number;
  /** From the URL of an L1 to the secret that it has. */
  readonly l1Secrets: ReadonlyMap<string, string>;
  /** The settings of this process, for operators to see. */
  readonly effectiveSettings: readonly EffectiveSetting[];
}

/** Where the board of raw jobs listens, and whether it may do more than show. */
export interface BoardConfig {
  readonly host: string;
  readonly port: number;
  readonly isWritable: boolean;
}

const DAY_SECONDS = 86_400;

/**
 * Turns settings into the config of a gateway; `effective` are the same as they were given.
 *
 * @throws AppError `settings-invalid` where the secret and the secret file say different things, or
 *   a proxy is no address.
 */
export function buildGatewayConfig(
  settings: Static<typeof gatewaySettings>,
  effective: readonly EffectiveSetting[] = [],
): GatewayConfig {
  const trustedProxies = splitList(settings.ARTDAG_TRUST_PROXY ?? '');
  const jwt = chooseJwtSecret(settings.JWT_SECRET, settings.ARTDAG_JWT_SECRET_FILE);
  const faults: Fault[] = jwt.ok ? [] : [jwt.fault];
  if (settings.ARTDAG_JWT_KEY === 'eddsa' && jwt.ok && jwt.secret === undefined) {
    const message = 'a secret, as it closes the keys that ARTDAG_JWT_KEY=eddsa keeps in MongoDB';
    faults.push({ pointer: 'JWT_SECRET', message });
  }
  if (!trustedProxies.every(isNetwork)) {
    const message = 'a comma list of addresses or networks';
    faults.push({ pointer: 'ARTDAG_TRUST_PROXY', message });
  }
  const l1Servers = listL1Servers(settings);
  const l1 = readL1Secrets(splitList(settings.ARTDAG_L1_SECRETS ?? ''), l1Servers);
  if (!l1.ok) faults.push(l1.fault);
  if (faults.length > 0) throw settingsError(faults);
  const publicUrl = settings.ARTDAG_PUBLIC_URL ?? `https://${settings.ARTDAG_DOMAIN}`;
  const secretSource = jwt.ok && jwt.secret !== undefined ? 'file' : 'start';
  return {
    ...buildProcessConfig(settings),
    domain: settings.ARTDAG_DOMAIN,
    publicUrl,
    firstUser: settings.ARTDAG_USER,
    mongodbUrl: settings.MONGODB_URL,
    redisUrl: settings.REDIS_URL,
    host: settings.HOST,
    port: settings.PORT,
    jwtSecret: jwt.ok ? jwt.secret : undefined,
    jwtKey: settings.ARTDAG_JWT_KEY,
    tokenSeconds: settings.ARTDAG_TOKEN_DAYS * DAY_SECONDS,
    registration: settings.ARTDAG_REGISTRATION,
    inboxPostsPerMinute: settings.ARTDAG_INBOX_POSTS_PER_MINUTE,
    authorizedFetch: settings.ARTDAG_AUTHORIZED_FETCH === 'on',
    board:
      settings.ARTDAG_BOARD_PORT === undefined
        ? undefined
        : {
            host: settings.ARTDAG_BOARD_HOST,
            port: settings.ARTDAG_BOARD_PORT,
            isWritable: settings.ARTDAG_BOARD_WRITES === 'on',
          },
    trustedProxies,
    l1Servers,
    recordRunWaitMs: settings.ARTDAG_RECORD_RUN_WAIT_SECONDS * 1000,
    l1Secrets: l1.ok ? l1.secrets : new Map(),
    effectiveSettings: effective.map((setting) => {
      if (setting.source !== 'unset') return setting;
      if (setting.name === 'JWT_SECRET') return { ...setting, source: secretSource };
      if (setting.name !== 'ARTDAG_PUBLIC_URL') return setting;
      return { ...setting, value: publicUrl, source: 'derived' };
    }),
  };
}

/** What the pattern of the setting cannot say: each is an address, or one with the length of a prefix. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const isPrefix = prefix === undefined || (/^[0-9]{1,3}$/.test(prefix) && Number(prefix) <= bits);
  return bits > 0 && isPrefix && rest.length === 0;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
