import { expect, test } from 'vitest';
import { createIris } from './iris.ts';
import { buildWebfinger, parseWebfingerResource } from './webfinger.ts';

const iris = createIris('https://art.example');
const parse = (resource: string) => parseWebfingerResource(resource, 'art.example', iris);

test.each([
  'acct:giles@art.example',
  'acct:@giles@art.example',
  'ACCT:Giles@ART.example',
  'https://art.example/users/giles',
])('%s is a user of ours', (resource) => {
  expect(parse(resource)).toEqual({ kind: 'user', username: 'giles' });
});

test.each([
  'acct:giles@other.example',
  'https://other.example/users/giles',
  'https://art.example/registry',
])('%s is not ours', (resource) => {
  expect(parse(resource)).toEqual({ kind: 'foreign' });
});

test.each([
  '',
  'giles',
  'acct:giles',
  'acct:@art.example',
  'acct:a b@art.example',
  'acct:a@b@art.example',
  'mailto:giles@art.example',
])('%s is malformed', (resource) => {
  expect(parse(resource)).toEqual({ kind: 'malformed' });
});

test('the descriptor points to the actor', () => {
  expect(buildWebfinger('giles', 'art.example', iris)).toEqual({
    subject: 'acct:giles@art.example',
    aliases: ['https://art.example/users/giles'],
    links: [
      {
        rel: 'self',
        type: 'application/activity+json',
        href: 'https://art.example/users/giles',
      },
      {
        rel: 'http://webfinger.net/rel/profile-page',
        type: 'text/html',
        href: 'https://art.example/users/giles',
      },
    ],
  });
});
