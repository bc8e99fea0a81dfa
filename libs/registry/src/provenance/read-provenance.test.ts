import { expect, test } from 'vitest';
import { readProvenance } from './read-provenance.ts';

const read = (provenance: unknown) => readProvenance({ provenance });

test.each([
  ['a list of hashes', ['aa', 'bb'], [{ contentHash: 'aa' }, { contentHash: 'bb' }]],
  [
    'a list of objects',
    [{ name: 'cat', content_hash: 'aa' }, { content_hash: 'bb' }],
    [{ contentHash: 'aa', name: 'cat' }, { contentHash: 'bb' }],
  ],
  [
    'a map',
    { cat: 'aa', dog: { content_hash: 'bb' } },
    [
      { contentHash: 'aa', name: 'cat' },
      { contentHash: 'bb', name: 'dog' },
    ],
  ],
  ['one hash twice', ['aa', { name: 'cat', content_hash: 'aa' }], [{ contentHash: 'aa' }]],
  [
    'what is no hash',
    ['a b', '', 7, null, { content_hash: '../x' }, ['aa'], { content_hash: { $ne: 1 } }, 'aa'],
    [{ contentHash: 'aa' }],
  ],
])('reads inputs: %s', (_, inputs, expected) => {
  expect(read({ run_id: 'r', inputs })).toEqual({ runId: 'r', inputs: expected });
});

test('takes over the run, its L1 and its recipe', () => {
  const said = {
    run_id: 'r1',
    l1_server: 'https://l1.example',
    recipe: 'blur',
    inputs: 'odd',
    x: 1,
  };
  expect(read(said)).toEqual({
    runId: 'r1',
    l1Server: 'https://l1.example',
    recipe: 'blur',
    inputs: [],
  });
  expect(read({ inputs: ['aa'], recipe: { name: 'blur' } })).toEqual({
    recipe: 'blur',
    inputs: [{ contentHash: 'aa' }],
  });
});

test.each([undefined, null, 'text', [], {}, { run_id: '' }, { run_id: 7 }, { inputs: [{}] }])(
  'finds nothing in %j',
  (provenance) => {
    expect(read(provenance)).toBeUndefined();
  },
);

test('minds only what the object has itself', () => {
  expect(readProvenance(Object.create({ provenance: { run_id: 'r' } }))).toBeUndefined();
  expect(readProvenance(null)).toBeUndefined();
});
