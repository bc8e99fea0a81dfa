import { describe, expect, test } from 'vitest';
import { createPatientCount } from './patient-count.ts';

const AT = new Date('2026-01-06T23:01:27Z');

/** A count whose answers come when the test says so. */
function createSlowCount() {
  const running: PromiseWithResolvers<number>[] = [];
  const count = () => {
    const answer = Promise.withResolvers<number>();
    running.push(answer);
    return answer.promise;
  };
  return { running, counted: createPatientCount(count, () => AT, 1) };
}

describe('a count that takes long', () => {
  test('is waited for a little, and given to who asks later', async () => {
    const { running, counted } = createSlowCount();
    expect(await counted.read()).toEqual({ kind: 'none' });
    expect(await counted.read()).toEqual({ kind: 'none' });
    expect(running).toHaveLength(1);
    running[0]?.resolve(7);
    await running[0]?.promise;
    expect(await counted.read()).toEqual({ kind: 'earlier', counted: 7, at: AT });
    expect(running).toHaveLength(2);
  });

  test('does not bring back what was forgotten meanwhile', async () => {
    const { running, counted } = createSlowCount();
    await counted.read();
    counted.forget();
    running[0]?.resolve(7);
    await running[0]?.promise;
    expect(await counted.read()).toEqual({ kind: 'none' });
    expect(running).toHaveLength(2);
  });

  test('may fail late without harm, and is made again', async () => {
    const { running, counted } = createSlowCount();
    await counted.read();
    running[0]?.reject(new Error('away'));
    await expect(running[0]?.promise).rejects.toThrow('away');
    expect(await counted.read()).toEqual({ kind: 'none' });
    expect(running).toHaveLength(2);
  });
});

test('a quick count is a current one, each time', async () => {
  let count = 0;
  const counted = createPatientCount(
    async () => ++count,
    () => AT,
  );
  expect(await counted.read()).toEqual({ kind: 'current', counted: 1 });
  expect(await counted.read()).toEqual({ kind: 'current', counted: 2 });
});
