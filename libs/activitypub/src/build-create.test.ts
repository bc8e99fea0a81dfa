import { describe, expect, test } from 'vitest';
import { buildCreate, type CreateSource, objectTypeOf } from './build-create.ts';
import { createIris } from './iris.ts';

const iris = createIris('https://art.example');

function createOf(asset: Partial<CreateSource['asset']>): string {
  const source: CreateSource = {
    activityId: '0199',
    username: 'giles',
    published: '2026-01-06T23:01:27Z',
    asset: {
      name: 'cat',
      contentHash: '33268b',
      assetType: 'image',
      metadata: '{}',
      ...asset,
    },
  };
  return buildCreate(source, iris);
}

test('is this text, byte by byte', () => {
  expect(createOf({})).toBe(
    '{"@context":"https://www.w3.org/ns/activitystreams","type":"Create",' +
      '"id":"https://art.example/activities/0199","actor":"https://art.example/users/giles",' +
      '"object":{"type":"Image","name":"cat","id":"https://art.example/objects/33268b",' +
      '"contentHash":{"algorithm":"sha3-256","value":"33268b"},' +
      '"attributedTo":"https://art.example/users/giles"},"published":"2026-01-06T23:01:27Z",' +
      '"to":["https://www.w3.org/ns/activitystreams#Public"],' +
      '"cc":["https://art.example/users/giles/followers"]}',
  );
});

test('metadata keep the form of their numbers', () => {
  const metadata = '{"fps":30.0,"seed":123456789012345678901234567890,"e":1E5,"z":-0.0}';
  expect(createOf({ metadata })).toContain(
    `"attributedTo":"https://art.example/users/giles","metadata":${metadata}}`,
  );
});

test('a name is escaped as JSON and nothing more', () => {
  expect(createOf({ name: '"→\u{1f408}"' })).toContain('"name":"\\"→\u{1f408}\\""');
});

describe('the type of an object', () => {
  test.each([
    ['image', 'Image'],
    ['VIDEO', 'Video'],
    ['audio', 'Audio'],
    ['effect', 'Document'],
    ['constructor', 'Document'],
    ['valueOf', 'Document'],
  ])('%s is %s', (assetType, type) => {
    expect(objectTypeOf(assetType)).toBe(type);
    expect(JSON.parse(createOf({ assetType })).object.type).toBe(type);
  });
});
