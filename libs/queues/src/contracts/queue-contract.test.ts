import { isAppError } from '@artdag/errors';
import { expect, test } from 'vitest';
import { createKeys } from './create-keys.ts';
import { jobIdOf, parsePayload } from './queue-contract.ts';
import { signActivity } from './sign-activity.ts';

test.each([
  ['an IRI', 'https://art.example/activities/1'],
  ['a number', '42'],
  ['nothing', ''],
])('%s becomes a jobId that BullMQ takes', (_, id) => {
  expect(jobIdOf(signActivity, id)).toMatch(/^[0-9a-f]{64}$/);
});

test('the same id is another job on another queue', () => {
  expect(jobIdOf(signActivity, 'giles')).not.toBe(jobIdOf(createKeys, 'giles'));
  expect(jobIdOf(createKeys, 'giles')).toBe(jobIdOf(createKeys, 'giles'));
});

test('a payload and its id are two forms of one thing', () => {
  expect(createKeys.idOf(createKeys.payloadOf('giles'))).toBe('giles');
  expect(signActivity.idOf(signActivity.payloadOf('0199'))).toBe('0199');
});

test('takes a payload to which a later version has added a member', () => {
  const payload = { username: 'giles', addedLater: { by: 2 } };
  expect(createKeys.idOf(parsePayload(createKeys, payload))).toBe('giles');
});

test.each([null, 'giles', {}, { username: 7 }, { username: '../etc' }, { username: { $gt: '' } }])(
  'refuses %j off the queue',
  (payload) => {
    try {
      parsePayload(createKeys, payload);
      expect.unreachable();
    } catch (error) {
      expect(isAppError(error, 'payload-invalid')).toBe(true);
    }
  },
);
