import { expect, test } from 'vitest';
import { isActivityMediaType } from './media-type.ts';

const profile = 'https://www.w3.org/ns/activitystreams';

test.each([
  'application/activity+json',
  'Application/Activity+JSON; charset=utf-8',
  `application/ld+json; profile="${profile}"`,
  `application/ld+json;profile=${profile}`,
  `application/ld+json; charset=utf-8; profile="https://other.example ${profile}"`,
])('%s is a document', (type) => {
  expect(isActivityMediaType(type)).toBe(true);
});

test.each([
  undefined,
  '',
  'application/json',
  'application/ld+json',
  `application/ld+json; profile="${profile}/other"`,
  'text/plain',
  `text/plain; profile="${profile}"`,
  'text/html; x=application/activity+json',
])('%s is none', (type) => {
  expect(isActivityMediaType(type)).toBe(false);
});
