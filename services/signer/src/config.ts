import { join } from 'node:path';
import {
  buildProcessConfig,
  dataSettings,
  expandHome,
  identitySettings,
  type ProcessConfig,
  processSettings,
  settingsError,
  storeSettings,
} from '@artdag/runtime';
import { type Static, Type } from 'typebox';

/** Settings that only the signer has. */
export const signerOwnSettings = {
  ARTDAG_SIGNER_CONCURRENCY: Type.Integer({
    default: 25,
    minimum: 1,
    maximum: 1000,
    description: 'Activities that one signer signs at once.',
    expected: 'a number from 1 to 1000',
  }),
  ARTDAG_SIGNING_PORT: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 65535,
      description:
        'Port on which the signer signs the deliveries of federation. Not opened where it is not set.',
      expected: 'a port from 1 to 65535',
    }),
  ),
  ARTDAG_SIGNING_HOST: Type.String({
    default: '127.0.0.1',
    minLength: 1,
    description: 'Address of the signing port. Never one that the internet reaches.',
    expected: 'an address of this machine',
  }),
  ARTDAG_SIGNING_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      description: "Secret of the signing port. The signer's and the federation's are the same.",
      expected: 'at least 32 characters',
      secret: true,
    }),
  ),
};

/** Every setting of a signer that is deployed on its own. */
export const signerSettings = Type.Object({
  ...identitySettings,
  ...dataSettings,
  ...storeSettings,
  ...processSettings,
  ...signerOwnSettings,
});

/** What a signer needs to run. */
export interface SignerConfig extends ProcessConfig {
  readonly publicUrl: string;
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  readonly keyDirectory: string;
  readonly concurrency: number;
  /** Where signatures are made for other processes, or nothing where no port is set. */
  readonly signingPort: SigningPortConfig | undefined;
}

/** Where the signing port listens, and who may use it. */
export interface SigningPortConfig {
  readonly host: string;
  readonly port: number;
  readonly secret: string;
}

/**
 * Turns settings into the config of a signer.
 *
 * @throws AppError `settings-invalid` where the signing port has no secret.
 */
export function buildSignerConfig(settings: Static<typeof signerSettings>): SignerConfig {
  return {
    ...buildProcessConfig(settings),
    publicUrl: settings.ARTDAG_PUBLIC_URL ?? `https://${settings.ARTDAG_DOMAIN}`,
    mongodbUrl: settings.MONGODB_URL,
    redisUrl: settings.REDIS_URL,
    keyDirectory: join(expandHome(settings.ARTDAG_DATA), 'keys'),
    concurrency: settings.ARTDAG_SIGNER_CONCURRENCY,
    signingPort: buildSigningPortConfig(settings),
  };
}

function buildSigningPortConfig(
  settings: Static<typeof signerSettings>,
): SigningPortConfig | undefined {
  const { ARTDAG_SIGNING_PORT: port, ARTDAG_SIGNING_SECRET: secret } = settings;
  if (port === undefined) return undefined;
  if (secret !== undefined) return { host: settings.ARTDAG_SIGNING_HOST, port, secret };
  throw settingsError([
    {
      pointer: 'ARTDAG_SIGNING_SECRET',
      message: 'at least 32 characters, as a signing port is set',
    },
  ]);
}
