import { waitFor } from '@artdag/testing';
import { TABLE_HEAD } from '../measure/print-measurement.ts';
import { startRegistryScene } from './start-registry-scene.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
const FORMS = { JSON: 'application/json', HTML: 'text/html' } as const;

await using scene = await startRegistryScene();
const source = await register('grain', {});
await register('woven', { provenance: { run_id: 'run-1', recipe: 'weave', inputs: [source] } });

console.log(TABLE_HEAD);
for (const [form, accept] of Object.entries(FORMS)) {
  const load = { url: `${scene.url}/registry/woven`, headers: { accept }, connections: 32 };
  await scene.report(`a work as ${form}`, { ...load, seconds: SECONDS });
}

/** Registers a work, waits for its signature, and gives its hash. */
async function register(name: string, metadata: object): Promise<string> {
  const hash = `hash-of-${name}`;
  const answer = await fetch(`${scene.url}/registry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${scene.token}` },
    body: JSON.stringify({ name, content_hash: hash, asset_type: 'image', metadata }),
  });
  const { asset } = (await answer.json()) as { asset: { activity_id: string } };
  const activity = `${scene.url}/activities/${asset.activity_id}`;
  await waitFor(`${name} is signed`, async () => (await fetch(activity)).ok);
  return hash;
}
