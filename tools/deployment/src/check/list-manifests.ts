import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of kinds that Kubernetes itself has no schema for. */
const OTHERS = ['kustomization.yaml', 'scaled-objects.yaml'];

/** Every manifest of a kind of Kubernetes' own. */
export async function listManifests(root: string): Promise<string[]> {
  const names = await readdir(join(root, 'deploy/k8s'), { recursive: true });
  return names
    .filter((name) => name.endsWith('.yaml') && !OTHERS.some((other) => name.endsWith(other)))
    .map((name) => join(root, 'deploy/k8s', name));
}
