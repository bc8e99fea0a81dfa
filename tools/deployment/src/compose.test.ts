import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly secrets?: readonly string[];
  readonly networks: readonly string[];
  readonly healthcheck?: object;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly tmpfs?: readonly string[];
}

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);
const compose = parse(readFileSync(at('docker-compose.yml'), 'utf8'), { merge: true });
const services: [string, Service][] = Object.entries(compose.services);
const roles = services.filter(([, { image }]) => image === 'artdag-l2');
const dockerfile = readFileSync(at('deploy/Dockerfile'), 'utf8');

/** Services of which `has` says yes. */
const namesOf = (has: (service: Service) => boolean | undefined) =>
  services.flatMap(([name, service]) => (has(service) ? [name] : []));

test.each(roles)(
  '%s can write nowhere but in its own folders, and has no capability',
  (name, role) => {
    expect(role).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
    const main = `services/${name}/src/main.ts`;
    expect(role.command).toEqual(['node', main]);
    expect(existsSync(at(main))).toBe(true);
    expect(dockerfile).toContain(`"@artdag/${name}..."`);
  },
);

test('the image has a user who is not root, and a health check', () => {
  expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
});

test('only the signer has the keys, only gateways have the secret of tokens', () => {
  expect(namesOf(({ volumes }) => volumes?.some((volume) => volume.startsWith('keys:')))).toEqual([
    'signer',
  ]);
  expect(namesOf(({ secrets }) => secrets?.includes('jwt_secret'))).toEqual(['gateway']);
  expect(compose.secrets.jwt_secret).toEqual({ file: 'secrets/jwt_secret' });
});

test('only roles that ask other servers reach out, and stores are reached by roles alone', () => {
  const asking = ['federation', 'l1-sync'].filter((name) => name in compose.services);
  expect(namesOf(({ networks }) => networks.includes('outside'))).toEqual(asking);
  const { stores, monitoring } = compose.networks;
  expect([stores, monitoring]).toEqual([{ internal: true }, { internal: true }]);
  const inside = [...roles.map(([name]) => name), 'mongodb', 'redis'];
  expect(namesOf(({ networks }) => networks.includes('stores'))).toEqual(inside);
});

test('Redis writes to a file and evicts nothing', () => {
  const command = compose.services.redis.command.join(' ');
  expect(command).toContain('--appendonly yes');
  expect(command).toContain('--maxmemory-policy noeviction');
});

test('every service that is not ours says when it is well', () => {
  expect(namesOf(({ image, healthcheck }) => image !== 'artdag-l2' && !healthcheck)).toEqual([]);
});

test('Prometheus scrapes every role, and Grafana finds it and the boards', () => {
  const { scrape_configs } = parse(readFileSync(at('deploy/prometheus/prometheus.yml'), 'utf8'));
  expect(scrape_configs[0].dns_sd_configs[0].names).toEqual(
    expect.arrayContaining(roles.map(([name]) => name)),
  );
  expect(dockerfile).toContain(`ARTDAG_METRICS_PORT=${scrape_configs[0].dns_sd_configs[0].port}`);
  const read = (path: string) =>
    parse(readFileSync(at(`deploy/grafana/provisioning/${path}`), 'utf8'));
  expect(read('datasources/prometheus.yml').datasources[0].url).toBe('http://prometheus:9090');
  expect(compose.services.grafana.volumes).toContain(
    `./deploy/grafana/dashboards:${read('dashboards/artdag.yml').providers[0].options.path}:ro`,
  );
});
