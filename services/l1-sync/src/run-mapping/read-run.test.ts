import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type RunReading, readRun } from './read-run.ts';

const source = { l1Server: 'http://l1.example', runId: 'run-1' };
const read = (run: unknown) => readRun(typeof run === 'string' ? run : JSON.stringify(run), source);

function finished(reading: RunReading) {
  if (reading.kind !== 'finished') throw new Error(JSON.stringify(reading));
  return { ...reading.result, told: JSON.parse(reading.result.provenance) };
}

describe('how a run stands', () => {
  test.each(['completed', 'complete', 'success', ' Completed '])('%j is finished', (status) => {
    expect(read({ status, output_hash: 'h' }).kind).toBe('finished');
  });
  test.each(['failed', 'ERROR', 'cancelled'])('%j has failed', (status) => {
    expect(read({ status, output_hash: 'h' }).kind).toBe('failed');
  });
  test.each(['running', 'pending', 'queued', '', 'half done'])('%j is unfinished', (status) => {
    expect(read({ status, output_hash: 'h' }).kind).toBe('unfinished');
  });
  test.each([undefined, null, 7, {}])('a status that is %j is unfinished', (status) => {
    expect(read({ status, output_hash: 'h' }).kind).toBe('unfinished');
  });
  test.each(['', '[]', 'null', '{"status":"completed"', '{"status":"completed","$where":1}'])(
    '%s is no run',
    (text) => {
      expect(read(text).kind).toBe('unusable');
    },
  );
});

describe('the output', () => {
  test.each([
    [{ output_hash: 'h' }],
    [{ output_cid: 'h' }],
    [{ output: { content_hash: 'h' } }],
    [{ provenance: { output: { content_hash: 'h' } } }],
    [{ output_hash: 'not a hash', output_cid: 'h' }],
  ])('is found in %j', (places) => {
    const { outputHash, told } = finished(read({ status: 'completed', ...places }));
    expect(outputHash).toBe('h');
    expect(told.output.content_hash).toBe('h');
  });
  test.each([[{}], [{ output_hash: 'a b' }], [{ output_hash: ['h'] }], [{ output: 'h' }]])(
    'is not found in %j: nothing can be registered',
    (places) => {
      expect(read({ status: 'completed', ...places }).kind).toBe('failed');
    },
  );
  test.each([
    [{}, 'render'],
    [{ asset_type: 'effect' }, 'effect'],
    [{ output: { content_hash: 'h', media_type: 'video/mp4' } }, 'video'],
    [{ asset_type: '7 bad', media_type: 'image/png' }, 'image'],
    [{ media_type: 'application/pdf' }, 'render'],
  ])('%j is a %s', (places, type) => {
    const run = { status: 'completed', output_hash: 'h', ...places };
    expect(finished(read(run)).assetType).toBe(type);
  });
});

describe('the inputs', () => {
  test.each([
    [
      ['a', 'b'],
      [{ contentHash: 'a' }, { contentHash: 'b' }],
    ],
    [
      [{ name: 'left', content_hash: 'a' }, { content_hash: 'b' }],
      [{ name: 'left', contentHash: 'a' }, { contentHash: 'b' }],
    ],
    [
      { left: 'a', right: { content_hash: 'b' } },
      [
        { name: 'left', contentHash: 'a' },
        { name: 'right', contentHash: 'b' },
      ],
    ],
    [['a', 'a', 'not a hash', null, 7, [], {}], [{ contentHash: 'a' }]],
    ['a', []],
    [undefined, []],
  ])('%j', (inputs, expected) => {
    const run = { status: 'completed', output_hash: 'h', inputs };
    expect(finished(read(run)).inputs).toEqual(expected);
  });
  test('stand in the provenance where the run itself has none', () => {
    const run = { status: 'completed', output_hash: 'h', provenance: { inputs: ['a'] } };
    expect(finished(read(run))).toMatchObject({
      inputs: [{ contentHash: 'a' }],
      told: { inputs: ['a'] },
    });
  });
  test('are at most 1000', () => {
    const inputs = Array.from({ length: 1001 }, (_, index) => `h${index}`);
    expect(read({ status: 'completed', output_hash: 'h', inputs }).kind).toBe('failed');
  });
});

describe('the provenance', () => {
  test('keeps numbers as they were written, and what is not known here', () => {
    const { provenance } = finished(
      read(
        '{"status":"completed","output_hash":"h","fps":30.0,"seed":9007199254740993,"x":{"y":[1E5]}}',
      ),
    );
    expect(provenance).toContain('"fps":30.0');
    expect(provenance).toContain('"seed":9007199254740993');
    expect(provenance).toContain('"x":{"y":[1E5]}');
  });
  test('says the run and the L1 that were asked, whatever the L1 says', () => {
    const run = { status: 'completed', output_hash: 'h', run_id: 'another', l1_server: 'x' };
    expect(finished(read(run)).told).toMatchObject({ run_id: 'run-1', l1_server: source.l1Server });
  });
  test('that is too long to be kept ends the run', () => {
    const run = { status: 'completed', output_hash: 'h', log: 'x'.repeat(70_000) };
    expect(read(run).kind).toBe('failed');
  });
});

property.prop([fc.json()])('any JSON has a reading, and never an exception', (text) => {
  expect(['finished', 'unfinished', 'failed', 'unusable']).toContain(read(text).kind);
});

property.prop([fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 3 }))])(
  'members that are not known here are kept',
  (extra) => {
    const run = { ...extra, status: 'completed', output_hash: 'h', output: undefined };
    const reading = read(run);
    if (reading.kind !== 'finished') return;
    const { told } = finished(reading);
    for (const [key, value] of Object.entries(JSON.parse(JSON.stringify(extra)))) {
      if (!['status', 'inputs', 'output', 'recipe', 'provenance'].includes(key))
        expect(told[key]).toEqual(value);
    }
  },
);
