import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';

/** A service of `docker-compose.yml` that runs our image. */
export interface ComposedRole {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly envFiles: readonly string[];
  /** Folders of the container that are its own to write. */
  readonly writable: readonly string[];
  readonly secrets: readonly string[];
  readonly stopGraceMs: number;
}

interface Service {
  readonly image: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly env_file?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs: readonly string[];
  readonly secrets?: readonly string[];
  readonly stop_grace_period: string;
}

const file = new URL('../../docker-compose.yml', import.meta.url);

/** Reads the roles, with `${NAME:-default}` and `${NAME:?message}` put in from `env`. */
export async function readComposedRoles(
  env: Readonly<Record<string, string>>,
): Promise<ComposedRole[]> {
  // As Compose does it, values are put in after the file is read: an empty one stays a text.
  const read = JSON.stringify(parse(await readFile(file, 'utf8'), { merge: true }));
  const services: Record<string, Service> = JSON.parse(interpolate(read, env)).services;
  return Object.entries(services)
    .filter(([, { image }]) => image === 'artdag-l2')
    .map(([name, service]) => ({
      name,
      command: service.command,
      environment: service.environment,
      envFiles: service.env_file ?? [],
      writable: [
        ...service.tmpfs,
        ...(service.volumes ?? []).map((volume) => volume.split(':')[1] ?? ''),
      ],
      secrets: service.secrets ?? [],
      stopGraceMs: Number.parseInt(service.stop_grace_period, 10) * 1000,
    }));
}

function interpolate(text: string, env: Readonly<Record<string, string>>): string {
  return text.replaceAll(
    /\$\{(\w+):([-?])([^}]*)\}/g,
    (_, name: string, kind: string, rest: string) => {
      const value = env[name];
      if (value !== undefined) return value;
      if (kind === '?') throw new Error(`${name}: ${rest}`);
      return rest;
    },
  );
}
