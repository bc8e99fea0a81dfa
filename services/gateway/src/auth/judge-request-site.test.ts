import { expect, test } from 'vitest';
import { judgeRequestSite } from './judge-request-site.ts';

const publicUrl = 'https://art.example';

test.each([
  ['a page of ours', { 'sec-fetch-site': 'same-origin' }, 'own'],
  ['the address bar', { 'sec-fetch-site': 'none' }, 'own'],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 'foreign'],
  ['a neighbour on our domain', { 'sec-fetch-site': 'same-site' }, 'foreign'],
  ['a word that is not known', { 'sec-fetch-site': 'SAME-ORIGIN' }, 'foreign'],
  ['two words', { 'sec-fetch-site': ['same-origin', 'cross-site'] }, 'foreign'],
  [
    'another site that sends our origin as well',
    { 'sec-fetch-site': 'cross-site', origin: publicUrl },
    'foreign',
  ],
  ['our origin', { origin: publicUrl, host: '127.0.0.1:8200' }, 'own'],
  ['the host that was asked', { origin: 'http://10.0.0.7:8200', host: '10.0.0.7:8200' }, 'own'],
  ['another origin', { origin: 'https://evil.example', host: 'art.example' }, 'foreign'],
  ['another port', { origin: 'https://art.example:444', host: 'art.example' }, 'foreign'],
  ['our origin over http', { origin: 'http://art.example', host: '10.0.0.7' }, 'foreign'],
  ['a name that begins as ours', { origin: 'https://art.example.evil.example' }, 'foreign'],
  ['a page without origin', { origin: 'null', host: 'art.example' }, 'foreign'],
  ['no origin and no host', { origin: '', host: '' }, 'foreign'],
  ['a program', { host: 'art.example' }, 'unknown'],
] as const)('%s', (_, headers, site) => {
  expect(judgeRequestSite(headers as Parameters<typeof judgeRequestSite>[0], publicUrl)).toBe(site);
});
