import { expect, test, vi } from 'vitest';
import { createWriteGroup, type GroupOutcome } from './write-group.ts';

/** A flush that ends only when it is told to. */
function createSlowFlush() {
  const flushed: string[][] = [];
  const pending: PromiseWithResolvers<ReadonlyArray<GroupOutcome<string>>>[] = [];
  const flush = (items: readonly string[]) => {
    flushed.push([...items]);
    const turn = Promise.withResolvers<ReadonlyArray<GroupOutcome<string>>>();
    pending.push(turn);
    return turn.promise;
  };
  const succeed = (items: readonly string[] = []) =>
    pending.shift()?.resolve(items.map((item) => ({ ok: true, value: `${item}!` })));
  const fail = (error: Error) => pending.shift()?.reject(error);
  return { flushed, flush, succeed, fail };
}

test('a lone write goes at once', () => {
  const { flush, flushed } = createSlowFlush();
  void createWriteGroup(flush)('a');
  expect(flushed).toEqual([['a']]);
});

test('writes that come while one is under way go together, in their order', async () => {
  const { flush, flushed, succeed } = createSlowFlush();
  const write = createWriteGroup(flush);
  const first = write('a');
  const rest = [write('b'), write('c'), write('d')];
  succeed(['a']);
  expect(await first).toBe('a!');
  await vi.waitFor(() => expect(flushed).toEqual([['a'], ['b', 'c', 'd']]));
  succeed(['b', 'c', 'd']);
  expect(await Promise.all(rest)).toEqual(['b!', 'c!', 'd!']);
});

test('a group has a greatest size', async () => {
  const flushed: number[][] = [];
  const write = createWriteGroup<number, number>(async (items) => {
    flushed.push([...items]);
    return items.map((value) => ({ ok: true, value }));
  }, 2);
  expect(await Promise.all([1, 2, 3, 4].map(write))).toEqual([1, 2, 3, 4]);
  expect(flushed).toEqual([[1], [2, 3], [4]]);
});

test('each caller meets its own error only', async () => {
  const write = createWriteGroup<string, string>(async (items) =>
    items.map((item) =>
      item === 'bad' ? { ok: false, error: new Error(item) } : { ok: true, value: item },
    ),
  );
  const results = await Promise.allSettled(['first', 'bad', 'good'].map(write));
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a flush that fails fails its group, and the next group goes on', async () => {
  const { flush, fail, succeed } = createSlowFlush();
  const write = createWriteGroup(flush);
  const first = write('a');
  const second = write('b');
  fail(new Error('away'));
  await expect(first).rejects.toThrow('away');
  succeed(['b']);
  expect(await second).toBe('b!');
});

test('an item without an outcome is an error, not a hang', async () => {
  const write = createWriteGroup<string, string>(async () => []);
  await expect(write('a')).rejects.toThrow('no outcome');
});
