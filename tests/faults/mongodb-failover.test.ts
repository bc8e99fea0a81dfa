import { setTimeout as delay } from 'node:timers/promises';
import { startConstellation, startReplicaSet, waitFor } from '@artdag/testing';
import { expect, inject, onTestFailed, test } from 'vitest';
import { auditRegistrations } from './audit-registrations.ts';
import { findOtherFailures } from './find-other-failures.ts';
import { startLoad } from './registration-load.ts';
import { countAccepted, workGoesOn } from './work-goes-on.ts';

const PER_SECOND = 10;

/** Shorter than a request waits for a primary, and longer. */
const WITHOUT_PRIMARY_S = [1, 6];

test('F8: a replica set, by its URL alone, loses its primary again and again', async () => {
  await using set = await startReplicaSet();
  await using constellation = await startConstellation({
    mongodbUrl: set.url,
    redisUrl: inject('redisUrl'),
  });
  onTestFailed(() => console.error(constellation.logs()));
  const load = await startLoad([constellation.gateways[0].url], PER_SECOND);
  await waitFor('accepted ones', () => countAccepted(load.registrations) > PER_SECOND);
  for (const seconds of WITHOUT_PRIMARY_S) {
    await set.stepDown(seconds);
    await delay(seconds * 1000);
    await workGoesOn(load.registrations, constellation);
  }
  await load.finish();
  expect(findOtherFailures(load.registrations)).toEqual([]);
  expect(await auditRegistrations(load, constellation)).toEqual([]);
});
