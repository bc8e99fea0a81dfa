import type { SignedActivity, Store } from '@artdag/store';

const BATCH = 1000;
const START = Date.UTC(2026, 0, 1);

/** Fills a store with assets and signed activities of one owner, as a registry that has grown. */
export async function seedRegistry(
  store: Store,
  owner: string,
  count: number,
  sample: SignedActivity,
): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const numbers = Array.from(
      { length: Math.min(BATCH, count - from) },
      (_, index) => from + index,
    );
    await store.assets.import(numbers.map((number) => seedAsset(owner, number)));
    await store.activities.import(numbers.map((number) => seedActivity(number, sample)));
  }
}

function seedAsset(owner: string, number: number) {
  const registeredAt = new Date(START + number * 1000);
  return {
    name: `seed:${number}`,
    contentHash: `seed-hash-${number}`,
    assetType: 'image',
    tags: [`tag-${number % 50}`],
    metadata: '{"duration":30.0,"title":"a seeded work"}',
    createdAt: registeredAt.toISOString(),
    owner,
    registeredAt,
    activityId: `seed-${number}`,
    state: 'signed' as const,
  };
}

function seedActivity(number: number, sample: SignedActivity): SignedActivity {
  const publishedAt = new Date(START + number * 1000);
  return {
    ...sample,
    activityId: `seed-${number}`,
    publishedAt,
    contentHash: `seed-hash-${number}`,
  };
}
