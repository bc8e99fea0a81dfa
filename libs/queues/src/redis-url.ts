import { AppError } from '@artdag/errors';

/** One server of several. */
interface Address {
  readonly host: string;
  readonly port: number;
}

/** Who logs in, and whether the connection is encrypted. */
interface Access {
  readonly username?: string;
  readonly password?: string;
  readonly isEncrypted: boolean;
}

/** Where Redis is, and in which form. */
export type RedisPlace =
  | { readonly kind: 'single'; readonly url: string }
  | (Access & { readonly kind: 'cluster'; readonly nodes: readonly Address[] })
  | (Access & {
      readonly kind: 'sentinel';
      readonly sentinels: readonly Address[];
      /** Name that the sentinels know the primary by. */
      readonly primary: string;
      readonly database: number;
      readonly sentinelPassword?: string;
    });

const FORM =
  /^redis(?<tls>s?)\+(?<kind>cluster|sentinel):\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^@/?]+)(?:\/(?<primary>[^/?]+)?(?:\/(?<database>\d{1,3}))?)?(?:\?sentinelPassword=(?<sentinelPassword>[^&]+))?$/;

const DEFAULT_PORTS = { cluster: 6379, sentinel: 26_379 } as const;

/**
 * Reads a URL of one Redis (`redis://`, `rediss://`, `unix://`), of a Redis Cluster
 * (`redis+cluster://a:6379,b:6379`) or of Redis Sentinel
 * (`redis+sentinel://a:26379,b:26379/PRIMARY[/DATABASE][?sentinelPassword=…]`); `rediss+…` encrypts.
 * User name and password before the hosts are those of Redis itself.
 *
 * @throws AppError `settings-invalid`; the message holds nothing of the URL.
 */
export function parseRedisUrl(url: string): RedisPlace {
  if (!/^rediss?\+/.test(url)) return { kind: 'single', url };
  const parts = FORM.exec(url)?.groups;
  if (!parts) throw malformed();
  const kind = parts['kind'] === 'cluster' ? 'cluster' : 'sentinel';
  const servers = (parts['hosts'] ?? '').split(',').map((host) => readAddress(host, kind));
  const access = {
    isEncrypted: parts['tls'] === 's',
    ...(parts['user'] && { username: decode(parts['user']) }),
    ...(parts['password'] && { password: decode(parts['password']) }),
  };
  const { primary } = parts;
  if (kind === 'cluster') {
    if (primary !== undefined) throw malformed();
    return { kind, nodes: servers, ...access };
  }
  if (primary === undefined) throw malformed();
  return {
    kind,
    sentinels: servers,
    primary: decode(primary),
    database: Number(parts['database'] ?? 0),
    ...(parts['sentinelPassword'] && { sentinelPassword: decode(parts['sentinelPassword']) }),
    ...access,
  };
}

function readAddress(text: string, kind: keyof typeof DEFAULT_PORTS): Address {
  const [, ipv6, name, port] =
    /^(?:\[([0-9A-Fa-f:]+)\]|([^:[\]\s]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = ipv6 ?? name;
  if (host === undefined) throw malformed();
  return { host, port: port === undefined ? DEFAULT_PORTS[kind] : Number(port) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed();
  }
}

function malformed(): AppError {
  return new AppError(
    'settings-invalid',
    'REDIS_URL: expected redis+cluster://HOST:PORT,HOST:PORT or redis+sentinel://HOST:PORT,HOST:PORT/PRIMARY',
  );
}
