import {
  buildProcessConfig,
  identitySettings,
  type ProcessConfig,
  processSettings,
  readSigningAccess,
  type SigningAccess,
  signingSettings,
  storeSettings,
} from '@artdag/runtime';
import { type Static, Type } from 'typebox';

/** Settings that only federation has. */
export const federationOwnSettings = {
  ARTDAG_ALLOWED_HOSTS: Type.String({
    default: '',
    pattern: '^$|^[^\\s,;/@]+:[0-9]{1,5}(\\s*,\\s*[^\\s,;/@]+:[0-9]{1,5})*$',
    description:
      'Hosts that may be asked by http and at private addresses, as a comma list of `host:port`. For development: a server that federates lists none.',
    expected: 'a comma list such as localhost:3000,127.0.0.1:3001',
  }),
  ARTDAG_FEDERATION_CONCURRENCY: Type.Integer({
    default: 25,
    minimum: 1,
    maximum: 1000,
    description: 'Received activities that one federation worker processes at once.',
    expected: 'a number from 1 to 1000',
  }),
  ARTDAG_DELIVERY_CONCURRENCY: Type.Integer({
    default: 100,
    minimum: 8,
    maximum: 1000,
    description: 'Deliveries that one federation worker makes at once.',
    expected: 'a number from 8 to 1000',
  }),
};

/** Every setting of a federation worker that is deployed on its own. */
export const federationSettings = Type.Object({
  ...identitySettings,
  ...storeSettings,
  ...processSettings,
  ...signingSettings,
  ...federationOwnSettings,
});

/** What a federation worker needs to run. */
export interface FederationConfig extends ProcessConfig {
  readonly publicUrl: string;
  /** Who signs what is fetched. */
  readonly firstUser: string;
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  /** The signing port; not there where the signer is in the same process. */
  readonly signing: SigningAccess | undefined;
  readonly allowedHosts: readonly string[];
  readonly concurrency: number;
  readonly deliveryConcurrency: number;
}

type SigningSettings = { [Name in keyof typeof signingSettings]?: string | undefined };
type FederationSettings = Omit<Static<typeof federationSettings>, keyof SigningSettings> &
  SigningSettings;

/** Turns settings into the config of a federation worker. */
export function buildFederationConfig(settings: FederationSettings): FederationConfig {
  return {
    ...buildProcessConfig(settings),
    publicUrl: settings.ARTDAG_PUBLIC_URL ?? `https://${settings.ARTDAG_DOMAIN}`,
    firstUser: settings.ARTDAG_USER,
    mongodbUrl: settings.MONGODB_URL,
    redisUrl: settings.REDIS_URL,
    signing: readSigningAccess(settings),
    allowedHosts: settings.ARTDAG_ALLOWED_HOSTS.split(',')
      .map((host) => host.trim())
      .filter(Boolean),
    concurrency: settings.ARTDAG_FEDERATION_CONCURRENCY,
    deliveryConcurrency: settings.ARTDAG_DELIVERY_CONCURRENCY,
  };
}
