import {
  buildFederationConfig,
  type FederationConfig,
  federationOwnSettings,
} from '@artdag/federation';
import { buildGatewayConfig, type GatewayConfig, gatewayOwnSettings } from '@artdag/gateway';
import { buildL1SyncConfig, type L1SyncConfig, l1SyncOwnSettings } from '@artdag/l1-sync';
import {
  buildProcessConfig,
  dataSettings,
  describeSettings,
  type Environment,
  expandHome,
  identitySettings,
  type ProcessConfig,
  processSettings,
  readSettings,
  signingSettings,
  storeSettings,
} from '@artdag/runtime';
import { buildSignerConfig, type SignerConfig, signerOwnSettings } from '@artdag/signer';
import { Type } from 'typebox';

/** Roles that one process can have. */
const ROLES = ['gateway', 'signer', 'federation', 'l1-sync'] as const;

/** Settings of servers that are started where nothing is given. */
const STORES: ReadonlySet<string> = new Set(['MONGODB_URL', 'REDIS_URL']);

/** What a process does. */
export type Role = (typeof ROLES)[number];

/** Every setting of the process that has all roles. */
export const allInOneSettings = Type.Object({
  ...identitySettings,
  ...dataSettings,
  ...processSettings,
  ...gatewayOwnSettings,
  ...signerOwnSettings,
  ...federationOwnSettings,
  ...l1SyncOwnSettings,
  ARTDAG_SIGNING_URL: Type.Optional(signingSettings.ARTDAG_SIGNING_URL),
  MONGODB_URL: Type.Optional(storeSettings.MONGODB_URL),
  REDIS_URL: Type.Optional(storeSettings.REDIS_URL),
  ARTDAG_IMPORT: Type.Enum(['offer', 'auto'], {
    default: 'offer',
    description:
      'What is done with files of the original that are found in `ARTDAG_DATA` while the database has no assets and activities: a start says how to import them, or imports them before it serves.',
    expected: 'offer or auto',
  }),
  ROLES: Type.String({
    default: ROLES.join(','),
    pattern: `^\\s*(${ROLES.join('|')})(\\s*,\\s*(${ROLES.join('|')}))*\\s*$`,
    description: 'Roles of this process, as a comma list.',
    expected: `a comma list of ${ROLES.join(', ')}`,
  }),
});

/** What the process that has all roles needs to run. */
export interface AllInOneConfig {
  readonly process: ProcessConfig;
  readonly dataDirectory: string;
  readonly roles: ReadonlySet<Role>;
  /** URLs of servers that are there already. */
  readonly given: {
    readonly mongodbUrl: string | undefined;
    readonly redisUrl: string | undefined;
  };
  readonly port: number;
  readonly publicUrl: string;
  readonly firstUser: string;
  /** Whether files of the original are imported at the start. */
  readonly movesIn: boolean;
  gateway(urls: StoreUrls): GatewayConfig;
  signer(urls: StoreUrls): SignerConfig;
  federation(urls: StoreUrls): FederationConfig;
  l1Sync(urls: StoreUrls): L1SyncConfig;
}

/** Where the stores turned out to be. */
export interface StoreUrls {
  readonly mongodbUrl: string;
  readonly redisUrl: string;
}

/**
 * Reads the settings of a process that has all roles.
 *
 * @throws AppError `settings-invalid` with every fault.
 */
export function readAllInOneConfig(env: Environment): AllInOneConfig {
  const settings = readSettings(allInOneSettings, env);
  const withUrls = ({ mongodbUrl, redisUrl }: StoreUrls) => ({
    ...settings,
    MONGODB_URL: mongodbUrl,
    REDIS_URL: redisUrl,
  });
  // Built here already: its faults must show before servers are started to learn their URLs.
  const effective = describeSettings(allInOneSettings, env).map((setting) =>
    setting.source === 'unset' && STORES.has(setting.name)
      ? { ...setting, source: 'start' as const }
      : setting,
  );
  const gateway = buildGatewayConfig(withUrls({ mongodbUrl: '', redisUrl: '' }), effective);
  return {
    process: buildProcessConfig(settings),
    dataDirectory: expandHome(settings.ARTDAG_DATA),
    roles: new Set(ROLES.filter((role) => settings.ROLES.includes(role))),
    given: { mongodbUrl: settings.MONGODB_URL, redisUrl: settings.REDIS_URL },
    port: settings.PORT,
    publicUrl: gateway.publicUrl,
    firstUser: settings.ARTDAG_USER,
    movesIn: settings.ARTDAG_IMPORT === 'auto',
    gateway: (urls) => ({ ...gateway, ...urls }),
    signer: (urls) => buildSignerConfig(withUrls(urls)),
    federation: (urls) => buildFederationConfig(withUrls(urls)),
    l1Sync: (urls) => buildL1SyncConfig(withUrls(urls)),
  };
}
