import {
  buildProcessConfig,
  identitySettings,
  l1Settings,
  listL1Servers,
  type ProcessConfig,
  processSettings,
  readSigningAccess,
  type SigningAccess,
  signingSettings,
  storeSettings,
} from '@artdag/runtime';
import { type Static, Type } from 'typebox';

/** Settings that only L1-sync has. */
export const l1SyncOwnSettings = {
  ARTDAG_L1_CONCURRENCY: Type.Integer({
    default: 25,
    minimum: 1,
    maximum: 1000,
    description: 'Runs that one L1-sync worker reads at once from all L1s.',
    expected: 'a number from 1 to 1000',
  }),
  ARTDAG_L1_TIMEOUT_SECONDS: Type.Number({
    default: 20,
    minimum: 0.1,
    maximum: 25,
    description: 'Longest time for one answer of an L1, in seconds.',
    expected: 'a number of seconds from 0.1 to 25',
  }),
  ARTDAG_RUN_PATIENCE_HOURS: Type.Number({
    default: 24,
    minimum: 0.001,
    maximum: 720,
    description:
      'How long a run that is not finished, or whose L1 does not answer, is asked for before it is given up, in hours.',
    expected: 'a number of hours from 0.001 to 720',
  }),
};

/** Every setting of an L1-sync worker that is deployed on its own. */
export const l1SyncSettings = Type.Object({
  ...identitySettings,
  ...storeSettings,
  ...processSettings,
  ...signingSettings,
  ...l1Settings,
  ...l1SyncOwnSettings,
});

/** What an L1-sync worker needs to run. */
export interface L1SyncConfig extends ProcessConfig {
  readonly publicUrl: string;
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  /** The signing port; not there where the signer is in the same process. */
  readonly signing: SigningAccess | undefined;
  /** Base URLs, the only ones that are ever asked. */
  readonly l1Servers: readonly string[];
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly patienceMs: number;
}

type SigningSettings = { [Name in keyof typeof signingSettings]?: string | undefined };
type L1SyncSettings = Omit<Static<typeof l1SyncSettings>, keyof SigningSettings> & SigningSettings;

const HOUR_MS = 3_600_000;

/** Turns settings into the config of an L1-sync worker. */
export function buildL1SyncConfig(settings: L1SyncSettings): L1SyncConfig {
  return {
    ...buildProcessConfig(settings),
    publicUrl: settings.ARTDAG_PUBLIC_URL ?? `https://${settings.ARTDAG_DOMAIN}`,
    mongodbUrl: settings.MONGODB_URL,
    redisUrl: settings.REDIS_URL,
    signing: readSigningAccess(settings),
    l1Servers: listL1Servers(settings),
    concurrency: settings.ARTDAG_L1_CONCURRENCY,
    timeoutMs: settings.ARTDAG_L1_TIMEOUT_SECONDS * 1000,
    patienceMs: settings.ARTDAG_RUN_PATIENCE_HOURS * HOUR_MS,
  };
}
