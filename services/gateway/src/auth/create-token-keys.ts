import { randomBytes } from 'node:crypto';
import type { Logger } from '@artdag/runtime';
import type { Store } from '@artdag/store';
import type { GatewayConfig } from '../config.ts';
import { createEddsaKeys, type EddsaKeys } from './eddsa-keys.ts';
import { createKeySeal } from './seal-key.ts';
import { createSecretKeys, type TokenKeys } from './token-keys.ts';

type Config = Pick<GatewayConfig, 'jwtKey' | 'jwtSecret' | 'tokenSeconds'>;

/** The keys of tokens, as they are configured. */
export async function createTokenKeys(
  { jwtKey, jwtSecret, tokenSeconds }: Config,
  store: Pick<Store, 'jwtKeys'>,
  logger: Pick<Logger, 'warn'>,
): Promise<TokenKeys | EddsaKeys> {
  const secret = jwtSecret ?? makeSecret(logger);
  if (jwtKey === 'secret') return createSecretKeys(secret);
  return createEddsaKeys(
    {
      repository: store.jwtKeys,
      seal: createKeySeal(secret),
      lifeSeconds: tokenSeconds,
      onWarning: (message) => logger.warn(message),
    },
    new Date(),
  );
}

function makeSecret(logger: Pick<Logger, 'warn'>): string {
  logger.warn('JWT_SECRET is not set: tokens are good until this process ends');
  return randomBytes(32).toString('hex');
}
