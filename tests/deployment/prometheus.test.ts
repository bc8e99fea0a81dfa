import { boards, findPrometheus } from '@artdag/deployment';
import { chooseCacheDir } from '@artdag/local-servers';
import { freePort, waitFor } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, onTestFailed, test } from 'vitest';
import { post } from '../e2e/client.ts';
import { type FederationScene, startFederationScene } from '../faults/federation-scene.ts';
import { startRunLoad } from '../faults/run-load.ts';
import { startL1 } from '../l1/start-l1.ts';
import { type Prometheus, startPrometheus } from './start-prometheus.ts';

const cacheDir = chooseCacheDir(process.env);
const log = { info: () => undefined, warn: () => undefined };
const found = await findPrometheus({ cacheDir, dataDir: cacheDir, env: process.env, log });
if ('missing' in found) {
  test.skip('NOT RUN: there is no Prometheus');
  process.stderr.write(`The test of Prometheus was NOT RUN: ${found.missing}.\n`);
}

/** Spans of Grafana's own become this: some scrapes long. */
const SPAN = '10s';
/** What these count has not happened here: a series comes with the first of its kind. */
const UNHAPPENED = [
  'artdag_job_failures_total',
  'artdag_relayed_jobs_total',
  'artdag_job_postponements_total',
  'artdag_worker_replacements_total',
];

const queries = Object.values(boards).flatMap(({ title, panels }) =>
  panels.flatMap((panel) =>
    panel.kind === 'text'
      ? []
      : panel.queries.map(({ expr }): [string, string] => [`${title}, ${panel.title}`, expr]),
  ),
);
const isUnhappened = ([, expr]: [string, string]) => UNHAPPENED.some((name) => expr.includes(name));

describe.runIf('path' in found)(
  'a Prometheus with the settings and rules that are deployed',
  () => {
    let parts = new AsyncDisposableStack();
    let scene: FederationScene;
    let prometheus: Prometheus;
    let finishLoads: () => Promise<unknown>;

    beforeAll(async () => {
      await using started = new AsyncDisposableStack();
      const l1 = started.use(await startL1());
      const gatewayMetrics = await freePort();
      scene = started.use(
        await startFederationScene({
          mongodbUrl: inject('mongodbUrl'),
          redisUrl: inject('redisUrl'),
          hosts: 2,
          l1Syncs: 1,
          env: { L1_SERVERS: l1.url, ARTDAG_METRICS_PORT: String(gatewayMetrics) },
        }),
      );
      const { gateways, signers, federations, l1Syncs } = scene.constellation;
      const workers = [...signers, ...federations, ...l1Syncs].map(({ url }) => new URL(url).host);
      prometheus = started.use(
        await startPrometheus('path' in found ? found.path : '', [
          `127.0.0.1:${gatewayMetrics}`,
          ...workers,
        ]),
      );
      const [{ url }] = gateways;
      const follows = await scene.startFollows('ada', 3);
      const runs = await startRunLoad([url], l1, 2);
      const timer = setInterval(() => void scene.author.publish(1), 500);
      finishLoads = async () => {
        clearInterval(timer);
        await Promise.all([follows.finish(), runs.finish()]);
      };
      started.defer(async () => void (await finishLoads()));
      await post(`${url}/registry`, {});
      parts = started.move();
    });
    afterAll(() => parts.disposeAsync());

    test('finds every role and says that none is down', async () => {
      const roles = async () => prometheus.query('sum by (role) (artdag_role_info)');
      await waitFor('four roles', async () => (await roles()).length === 4);
      const up = await prometheus.query('up{job="artdag"}');
      expect(up.map(({ value }) => value[1])).toEqual(['1', '1', '1', '1']);
    });

    test.each(queries.filter((query) => !isUnhappened(query)))(
      '%s has something to show: %s',
      async (_panel, expr) => {
        onTestFailed(() => console.error(scene.constellation.logs()));
        const queues = expr.includes('$queue') ? ['sign-activity', 'deliver-activity'] : [''];
        for (const queue of queues) {
          const asked = expr.replaceAll('$__rate_interval', SPAN).replaceAll('$queue', queue);
          const samples = await waitFor(asked, async () => {
            const shown = await prometheus.query(asked);
            return shown.some(({ value }) => Number.isFinite(Number(value[1]))) && shown;
          });
          expect(samples.length).toBeGreaterThan(0);
        }
      },
    );

    test.each(queries.filter(isUnhappened))('%s can be asked for: %s', async (_panel, expr) => {
      const asked = expr.replaceAll('$__rate_interval', SPAN).replaceAll('$queue', 'sign-activity');
      expect(Array.isArray(await prometheus.query(asked))).toBe(true);
    });

    test('judges all eight alerts, none of which fires', async () => {
      const judged = await waitFor('every alert is judged', async () => {
        const rules = await prometheus.rules();
        return rules.every(({ health }) => health !== 'unknown') && rules;
      });
      expect(judged.map(({ health, lastError }) => lastError ?? health)).toEqual(
        Array(8).fill('ok'),
      );
      expect(judged.filter(({ state }) => state === 'firing')).toEqual([]);
    });

    test('notices a role that is gone, and queues that nobody serves', async () => {
      await finishLoads();
      const [worker] = scene.constellation.l1Syncs;
      await worker?.kill('SIGKILL');
      await waitFor('the alert', async () => {
        const rules = await prometheus.rules();
        return rules.some(({ name, state }) => name === 'DependencyDown' && state === 'pending');
      });
      await waitFor('no worker', async () => {
        const [workers] = await prometheus.query(
          'max by (queue) (artdag_queue_workers{queue="record-run"})',
        );
        return workers?.value[1] === '0';
      });
    });
  },
);
