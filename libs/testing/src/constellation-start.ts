import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRole, type Role } from './constellation-role.ts';
import { createTestPrefix } from './create-test-prefix.ts';
import { createTestDatabaseUrl } from './create-test-store.ts';
import { freePort } from './process-free-port.ts';

/** Proxies of this machine through which a role reaches its stores. */
export interface Proxies {
  readonly mongodb?: { readonly port: number };
  readonly redis?: { readonly port: number };
}

/** What a constellation is started from. */
export interface ConstellationOptions {
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  /** How many of each role; 1 where nothing is said. */
  readonly gateways?: number;
  readonly signers?: number;
  /** None where nothing is said. */
  readonly federations?: number;
  /** None where nothing is said. */
  readonly l1Syncs?: number;
  readonly gatewayProxies?: Proxies;
  readonly signerProxies?: Proxies;
  readonly federationProxies?: Proxies;
  readonly l1SyncProxies?: Proxies;
  /** Port of the first gateway, under whose address peers on this machine reach it. */
  readonly publicPort?: number;
  /** More variables, for every role. */
  readonly env?: Readonly<Record<string, string>>;
}

type ServiceName = 'gateway' | 'signer' | 'federation' | 'l1-sync';

const PROXIES = {
  gateway: 'gatewayProxies',
  signer: 'signerProxies',
  federation: 'federationProxies',
  'l1-sync': 'l1SyncProxies',
} as const satisfies Record<ServiceName, keyof ConstellationOptions>;

/** Services as processes of their own, on a database and a queue prefix of their own. */
export interface Constellation extends AsyncDisposable {
  readonly gateways: readonly [Role, ...Role[]];
  readonly signers: readonly [Role, ...Role[]];
  readonly federations: readonly Role[];
  readonly l1Syncs: readonly Role[];
  /** The database, without a proxy. */
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  readonly queuePrefix: string;
  /** The signing port of the first signer. */
  readonly signing: { readonly url: string; readonly secret: string };
  /** The end of what each role has logged. */
  logs(): string;
}

const SHOWN_LOG_CHARACTERS = 6000;
const SIGNING_SECRET = 'a secret that signers and federation share';

/** Starts gateways and signers on free ports and waits until each is ready. */
export async function startConstellation(options: ConstellationOptions): Promise<Constellation> {
  await using parts = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'artdag-constellation-'));
  parts.defer(() => rm(dataDir, { recursive: true, force: true }));
  const queuePrefix = createTestPrefix();
  const mongodbUrl = createTestDatabaseUrl(options.mongodbUrl);

  const signingPort = String(await freePort());

  const makeRole = async (service: ServiceName, index: number) => {
    const proxies = options[PROXIES[service]] ?? {};
    const isPublic = service === 'gateway' && index === 0;
    const port = (isPublic ? options.publicPort : undefined) ?? (await freePort());
    const env = {
      ...sharedEnv(dataDir, queuePrefix),
      ...publicEnv(options.publicPort),
      ...options.env,
      MONGODB_URL: throughProxy(mongodbUrl, proxies.mongodb),
      REDIS_URL: throughProxy(options.redisUrl, proxies.redis),
      ...portEnv(service, { port: String(port), signingPort, index }),
    };
    return parts.use(createRole({ name: `${service}-${index}`, service, env, port }));
  };
  const gateways = await makeRoles(options.gateways ?? 1, (index) => makeRole('gateway', index));
  const signers = await makeRoles(options.signers ?? 1, (index) => makeRole('signer', index));
  const federations = await makeSome(options.federations ?? 0, (index) =>
    makeRole('federation', index),
  );
  const l1Syncs = await makeSome(options.l1Syncs ?? 0, (index) => makeRole('l1-sync', index));
  const roles = [...gateways, ...signers, ...federations, ...l1Syncs];
  await Promise.all(roles.map((role) => role.start()));

  const started = parts.move();
  return {
    gateways,
    signers,
    federations,
    l1Syncs,
    mongodbUrl,
    redisUrl: options.redisUrl,
    queuePrefix,
    signing: { url: `http://127.0.0.1:${signingPort}`, secret: SIGNING_SECRET },
    logs: () =>
      roles
        .map((role) => `--- ${role.name}\n${role.log().slice(-SHOWN_LOG_CHARACTERS)}`)
        .join('\n'),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

async function makeRoles(
  count: number,
  make: (index: number) => Promise<Role>,
): Promise<[Role, ...Role[]]> {
  const [first, ...others] = await makeSome(count, make);
  if (!first) throw new RangeError('a constellation has one of each role at least');
  return [first, ...others];
}

function makeSome(count: number, make: (index: number) => Promise<Role>): Promise<Role[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => make(index)));
}

/** Identifiers that peers on this machine can fetch. */
function publicEnv(port: number | undefined): Readonly<Record<string, string>> {
  if (port === undefined) return {};
  return { ARTDAG_DOMAIN: `127.0.0.1:${port}`, ARTDAG_PUBLIC_URL: `http://127.0.0.1:${port}` };
}

interface Ports {
  readonly port: string;
  readonly signingPort: string;
  readonly index: number;
}

/** Signers of one constellation cannot share a port: the first of them signs for federation. */
function portEnv(service: ServiceName, { port, signingPort, index }: Ports) {
  switch (service) {
    case 'gateway':
      return { PORT: port };
    case 'signer':
      return {
        ARTDAG_METRICS_PORT: port,
        ...(index === 0 && { ARTDAG_SIGNING_PORT: signingPort }),
      };
    case 'federation':
    case 'l1-sync':
      return {
        ARTDAG_METRICS_PORT: port,
        ARTDAG_SIGNING_URL: `http://127.0.0.1:${signingPort}`,
      };
  }
}

/** Nothing of the test's own environment but what finds programs. */
function sharedEnv(dataDir: string, queuePrefix: string) {
  return {
    PATH: process.env['PATH'] ?? '',
    HOST: '127.0.0.1',
    ARTDAG_DATA: dataDir,
    ARTDAG_DOMAIN: 'art.test',
    ARTDAG_LOG_LEVEL: 'warn',
    ARTDAG_QUEUE_PREFIX: queuePrefix,
    ARTDAG_JWT_SECRET_FILE: join(dataDir, 'no-such-file'),
    ARTDAG_SIGNING_SECRET: SIGNING_SECRET,
    JWT_SECRET: 'a secret that all gateways of a constellation share',
  };
}

function throughProxy(url: string, proxy: { readonly port: number } | undefined): string {
  return proxy
    ? url.replace(/(?<head>\/\/(?:[^@/]*@)?)[^/?]+/, `$<head>127.0.0.1:${proxy.port}`)
    : url;
}
