import { randomUUID } from 'node:crypto';
import type { Role } from '@artdag/registry';
import { describeSettings, type Environment, readSettings } from '@artdag/runtime';
import { connectStore, type Store } from '@artdag/store';
import { createTestDatabaseUrl, createTestPrefix, createTestRuntime } from '@artdag/testing';
import { createTokenKeys } from '../auth/create-token-keys.ts';
import { hashPassword } from '../auth/passwords.ts';
import { createTokens } from '../auth/tokens.ts';
import { issueToken } from '../commands/issue-token.ts';
import { buildGatewayConfig, gatewaySettings } from '../config.ts';
import { createGateway, type Gateway, type GatewayOverrides } from '../service.ts';
import { type Call, callHttp, type HttpAnswer } from './call-http.ts';
import { startStandInSigner } from './stand-in-signer.ts';

export const PUBLIC_URL = 'https://art.example';
export const JWT_SECRET = 'a secret of tests';
export const PASSWORD = 'correct horse battery';

/** A gateway that listens on a free port, over a database and queues of its own. */
export interface TestGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly store: Store;
  readonly mongodbUrl: string;
  readonly prefix: string;
  call(method: string, path: string, call?: Call): Promise<HttpAnswer>;
  /** A new user with {@link PASSWORD}, and a token of his. */
  addUser(username?: string, role?: Role): Promise<{ username: string; token: string }>;
}

/** How a {@link TestGateway} is made. */
export interface TestGatewayOptions extends GatewayOverrides {
  readonly mongodbUrl: string;
  readonly redisUrl: string;
  readonly env?: Environment;
  /** A gateway whose database and queues this one shares. */
  readonly beside?: TestGateway;
  /** Whether claims are left pending; else a stand-in for the signer settles them. */
  readonly isWithoutSigner?: boolean;
}

export async function startTestGateway(options: TestGatewayOptions): Promise<TestGateway> {
  await using stack = new AsyncDisposableStack();
  const mongodbUrl = options.beside?.mongodbUrl ?? createTestDatabaseUrl(options.mongodbUrl);
  const prefix = options.beside?.prefix ?? createTestPrefix();
  const env = {
    MONGODB_URL: mongodbUrl,
    REDIS_URL: options.redisUrl,
    ARTDAG_QUEUE_PREFIX: prefix,
    ARTDAG_DOMAIN: 'art.example',
    ARTDAG_TRUST_PROXY: '127.0.0.1',
    HOST: '127.0.0.1',
    JWT_SECRET,
    ARTDAG_JWT_SECRET_FILE: '/nowhere/jwt_secret',
    ...options.env,
  };
  const effective = describeSettings(gatewaySettings, env);
  const config = buildGatewayConfig(readSettings(gatewaySettings, env), effective);
  const store = stack.use(await connectStore(mongodbUrl));
  if (!options.isWithoutSigner && !options.beside) {
    const { redisUrl } = options;
    stack.use(startStandInSigner({ redisUrl, prefix, publicUrl: PUBLIC_URL, store }));
  }
  const now = options.now ?? (() => new Date());
  const gateway = stack.use(
    await createGateway({ ...config, port: 0 }, createTestRuntime(), { now }),
  );
  const tokens = createTokens({
    keys: await createTokenKeys(config, store, createTestRuntime().logger),
    publicUrl: PUBLIC_URL,
  });
  const passwordHash = await hashPassword(PASSWORD);
  const started = stack.move();
  return {
    gateway,
    store,
    mongodbUrl,
    prefix,
    call: (method, path, call) => callHttp(gateway.address, method, path, call),
    async addUser(username = `user-${randomUUID().slice(0, 8)}`, role = 'user') {
      const createdAt = new Date();
      const user = {
        username,
        displayName: username,
        passwordHash,
        role,
        createdAt,
      } as const;
      await store.users.insert(user);
      await store.users.settleKeys(username, { publicKeyPem: 'pem', publicKeyMultibase: 'z6Mk' });
      const token = await issueToken(username, { config, store, tokens, now });
      return { username, token: token.token };
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
