import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // Their shapes are checked against the schemas of Kubernetes by `pnpm run deploy`.
  // biome-ignore lint/suspicious/noExplicitAny: a document of a foreign shape, read in one place each.
  readonly spec: any;
}

const at = (path: string) => new URL(`../../../${path}`, import.meta.url);
const folder = (name: string) => `deploy/k8s/${name}`;
const kustomization = (name: string) =>
  parse(readFileSync(at(`${folder(name)}/kustomization.yaml`), 'utf8'));

function manifestsOf(name: string): Manifest[] {
  const files: string[] = kustomization(name).resources;
  return files
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(at(`${folder(name)}/${file}`), 'utf8')))
    .map((document) => document.toJS());
}

const base = manifestsOf('base');
const ofKind = (kind: string) => base.filter((manifest) => manifest.kind === kind);
const deployments = ofKind('Deployment');
const names = deployments.map(({ metadata }) => metadata.name);

test.each(['base', 'keda'])('%s lists every file that it has', (name) => {
  const files = readdirSync(at(folder(name))).filter((file) => file !== 'kustomization.yaml');
  const listed = kustomization(name).resources.filter((file: string) => file.endsWith('.yaml'));
  expect([...listed].sort()).toEqual(files.sort());
});

test('every role is a deployment with a budget for disruptions', () => {
  expect(ofKind('PodDisruptionBudget').map(({ metadata }) => metadata.name)).toEqual(names);
  for (const name of names) expect(existsSync(at(`services/${name}/src/main.ts`))).toBe(true);
  const services = readdirSync(at('services')).filter((name) => name !== 'all-in-one');
  expect([...names].sort()).toEqual(services.sort());
});

test.each(deployments)(
  '$metadata.name is not root, writes nowhere, and says when it is well',
  ({ metadata: { name }, spec }) => {
    const { spec: pod } = spec.template;
    const [container] = pod.containers;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(container.command).toEqual(['node', `services/${name}/src/main.ts`]);
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      expect(container[probe].httpGet.port).toBe('metrics');
    }
    expect(container.livenessProbe.httpGet.path).toBe('/health/live');
    expect(spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
  },
);

test('only the signer mounts the keys', () => {
  const mounting = deployments.filter(({ spec }) =>
    spec.template.spec.volumes.some(
      (volume: { persistentVolumeClaim?: { claimName: string } }) =>
        volume.persistentVolumeClaim?.claimName === 'keys',
    ),
  );
  expect(mounting.map(({ metadata }) => metadata.name)).toEqual(['signer']);
});

test('nothing reaches out but federation and l1-sync, to public addresses', () => {
  const policies = ofKind('NetworkPolicy');
  expect(policies[0]?.spec).toEqual({
    podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'artdag' } },
    policyTypes: ['Ingress', 'Egress'],
  });
  const open = policies.filter(({ spec }) =>
    spec.egress?.some((rule: { to: { ipBlock?: object }[] }) => rule.to.some((to) => to.ipBlock)),
  );
  expect(open.map(({ metadata }) => metadata.name)).toEqual(['outside']);
  expect(open[0]?.spec.podSelector.matchExpressions).toContainEqual({
    key: 'app.kubernetes.io/name',
    operator: 'In',
    values: ['federation', 'l1-sync'],
  });
  const [{ to }] = open[0]?.spec.egress ?? [];
  expect(to[0].ipBlock.except).toContain('10.0.0.0/8');
  expect(to[1].ipBlock.except).toContain('fc00::/7');
});

test('every deployment is scaled, workers by depth and by oldest wait', () => {
  const scaled = manifestsOf('keda');
  expect(scaled.map(({ spec }) => spec.scaleTargetRef.name).sort()).toEqual([...names].sort());
  for (const { apiVersion, kind, metadata, spec } of scaled as (Manifest & {
    apiVersion: string;
  })[]) {
    expect([apiVersion, kind]).toEqual(['keda.sh/v1alpha1', 'ScaledObject']);
    expect(spec.minReplicaCount).toBeGreaterThanOrEqual(2);
    expect(spec.maxReplicaCount).toBeGreaterThan(spec.minReplicaCount);
    const triggers = spec.triggers.map(
      (trigger: { type: string; name: string; metricType: string }) =>
        `${trigger.type} ${trigger.name} ${trigger.metricType}`,
    );
    if (metadata.name === 'gateway') continue;
    expect(triggers).toEqual([
      'prometheus waiting-jobs AverageValue',
      'prometheus oldest-wait-seconds Value',
    ]);
  }
});
