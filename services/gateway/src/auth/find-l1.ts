import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@artdag/errors';
import type { GatewayConfig } from '../config.ts';

type Config = Pick<GatewayConfig, 'l1Servers' | 'l1Secrets'>;

/**
 * The configured L1 of that name, in its configured spelling.
 *
 * @throws AppError `forbidden`
 */
export function findL1(name: string, { l1Servers }: Pick<Config, 'l1Servers'>): string {
  const wanted = normalize(name);
  const found = l1Servers.find((l1Server) => normalize(l1Server) === wanted);
  if (wanted !== undefined && found !== undefined) return found;
  throw new AppError('forbidden', 'This server does not work with that L1.');
}

/**
 * The L1 that calls, told by its own secret.
 *
 * @throws AppError `forbidden`
 */
export function findL1BySecret(secret: string, { l1Secrets }: Pick<Config, 'l1Secrets'>): string {
  const given = digest(secret);
  const [l1Server] =
    [...l1Secrets].find(([, known]) => timingSafeEqual(digest(known), given)) ?? [];
  if (l1Server !== undefined) return l1Server;
  throw new AppError('forbidden', 'This is not the secret of an L1 of this server.');
}

/**
 * The L1 that calls, by the name that it gives itself, as the original's L1s do. Nothing proves the name,
 * so an L1 that has a secret must send it. Where there is one L1 only, it need not say its name.
 *
 * @throws AppError `forbidden`
 */
export function findL1ByName(name: string | undefined, config: Config): string {
  const [only, ...others] = config.l1Servers;
  const known = name !== undefined ? findL1(name, config) : others.length === 0 ? only : undefined;
  if (known === undefined)
    throw new AppError('forbidden', 'Say which L1 you are, as "l1_server" in a JSON body.');
  if (config.l1Secrets.has(known))
    throw new AppError(
      'forbidden',
      'This L1 has a secret: send it as the Bearer, and the token as "token" in a JSON body.',
    );
  return known;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function normalize(url: string): string | undefined {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '') : undefined;
}
