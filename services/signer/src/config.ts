import { join } from 'node:path';
import {
  buildProcessConfig,
  dataSettings,
  expandHome,
  identitySettings,
  type ProcessConfig,
  processSettings,
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
}

/** Turns settings into the config of a signer. */
export function buildSignerConfig(settings: Static<typeof signerSettings>): SignerConfig {
  return {
    ...buildProcessConfig(settings),
    publicUrl: settings.ARTDAG_PUBLIC_URL ?? `https://${settings.ARTDAG_DOMAIN}`,
    mongodbUrl: settings.MONGODB_URL,
    redisUrl: settings.REDIS_URL,
    keyDirectory: join(expandHome(settings.ARTDAG_DATA), 'keys'),
    concurrency: settings.ARTDAG_SIGNER_CONCURRENCY,
  };
}
