import { startConstellation } from '@artdag/testing';
import { expect, inject, onTestFailed, test } from 'vitest';
import { auditRegistrations } from './audit-registrations.ts';
import { newRegistration, register } from './register.ts';
import { startLoad } from './registration-load.ts';

test('F15: with every role twice, each registration still has one effect', async () => {
  await using constellation = await startConstellation({
    mongodbUrl: inject('mongodbUrl'),
    redisUrl: inject('redisUrl'),
    gateways: 2,
    signers: 2,
  });
  onTestFailed(() => console.error(constellation.logs()));
  const [first, second = first] = constellation.gateways;
  const load = await startLoad([first.url, second.url], 40);
  const twins = Array.from({ length: 50 }, (_, index) => {
    const name = `${load.account.username}:twin:${index}`;
    return [first, second].map(async ({ url }) => {
      const registration = newRegistration(name);
      await register(registration, () => url, load.account);
      return registration;
    });
  });
  const both = await Promise.all(twins.map((pair) => Promise.all(pair)));
  await load.finish();

  for (const [one, other] of both) expect(other).toMatchObject({ activityIri: one?.activityIri });
  const registrations = [...load.registrations, ...both.flat()];
  expect(await auditRegistrations({ ...load, registrations }, constellation)).toEqual([]);
});
