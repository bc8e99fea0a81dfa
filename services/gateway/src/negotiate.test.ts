import { expect, test } from 'vitest';
import { negotiate } from './negotiate.ts';

const chrome =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';
const mastodon = 'application/activity+json, application/ld+json';
const profiled = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';

test.each([
  [undefined, 'json'],
  ['', 'json'],
  ['*/*', 'json'],
  [chrome, 'html'],
  ['text/html;q=0.5, application/json;q=0.4', 'html'],
  ['text/html;q=0.4, application/json;q=0.5', 'json'],
  ['text/html;q=0, */*', 'json'],
  ['TEXT/HTML', 'html'],
  ['image/png', 'json'],
  ['text/*', 'html'],
  ['text/html;q=x', 'json'],
  [';;,,;q', 'json'],
])('%s prefers %s to the home page', (accept, form) => {
  expect(negotiate(accept, ['json', 'html'])).toBe(form);
});

test.each([
  [mastodon, 'activity'],
  [profiled, 'activity'],
  ['*/*', 'activity'],
  [undefined, 'activity'],
  [chrome, 'html'],
])('%s prefers %s of an actor', (accept, form) => {
  expect(negotiate(accept, ['activity', 'html'])).toBe(form);
});
