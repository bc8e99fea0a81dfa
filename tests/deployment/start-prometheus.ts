import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startChild, waitFor } from '@artdag/testing';
import { parse, stringify } from 'yaml';

/** A Prometheus with the rules and the settings that are deployed, looking at processes of this machine. */
export interface Prometheus extends AsyncDisposable {
  /** What an expression gives now: the labels and the value of each series. */
  query(expr: string): Promise<readonly Sample[]>;
  /** Every alert, and how it stands. */
  rules(): Promise<readonly Rule[]>;
}

/** One series of an answer. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

/** An alert. */
export interface Rule {
  readonly name: string;
  readonly state: 'inactive' | 'pending' | 'firing';
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError?: string;
}

const deployed = new URL('../../deploy/prometheus/', import.meta.url);

/** Starts the program at `path`; it scrapes `targets`, each `host:port`, once a second. */
export async function startPrometheus(
  path: string,
  targets: readonly string[],
): Promise<Prometheus> {
  await using parts = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'artdag-prometheus-'));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  const config = join(folder, 'prometheus.yml');
  await writeFile(config, await configFor(targets));
  const port = await freePort();
  const child = parts.use(
    startChild({
      command: path,
      args: [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      env: {},
    }),
  );
  const url = `http://127.0.0.1:${port}`;
  await waitFor('Prometheus is ready', async () => {
    if (child.hasEnded()) throw new Error(child.output());
    return (await fetch(`${url}/-/ready`)).ok;
  });
  const started = parts.move();
  return {
    async query(expr) {
      const query = new URLSearchParams({ query: expr });
      const { result } = await ask<{ result: Sample[] }>(`${url}/api/v1/query?${query}`);
      return result;
    },
    async rules() {
      const { groups } = await ask<{ groups: { rules: Rule[] }[] }>(`${url}/api/v1/rules`);
      return groups.flatMap((group) => group.rules);
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

/** The names of roles that DNS knows where this is deployed become these targets; all else stays. */
async function configFor(targets: readonly string[]): Promise<string> {
  const config = parse(await readFile(new URL('prometheus.yml', deployed), 'utf8'));
  config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
  config.rule_files = config.rule_files.map((file: string) => new URL(file, deployed).pathname);
  for (const job of config.scrape_configs) {
    delete job.dns_sd_configs;
    job.static_configs = [{ targets }];
  }
  return stringify(config);
}

async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url);
  const answer = (await response.json()) as { data: T };
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer.data;
}
