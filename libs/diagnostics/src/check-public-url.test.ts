import type { Fetch } from '@artdag/peers';
import { expect, test } from 'vitest';
import { checkPublicUrl } from './check-public-url.ts';

const url = 'https://art.example';

function answering(status: number, body: string): Fetch {
  return async ({ url: finalUrl }) => ({
    ok: true,
    status,
    headers: {},
    body: Buffer.from(body),
    finalUrl,
  });
}
const away: Fetch = async () => ({ ok: false, reason: 'network', detail: 'no such host' });
const ours = answering(200, '{"software":{"name":"artdag-l2"}}');

test.each<[string, string, Fetch, string]>([
  ['leads here', url, ours, 'ok'],
  ['is of this machine', 'http://localhost:8200', away, 'skipped'],
  ['is not https', 'http://art.example', ours, 'failure'],
  ['does not answer', url, away, 'failure'],
  ['answers with an error', url, answering(502, ''), 'failure'],
  ['is answered by others', url, answering(200, '{"software":{"name":"mastodon"}}'), 'warning'],
  ['is answered by a page', url, answering(200, '<p>parked</p>'), 'warning'],
])('a public URL that %s', async (_, publicUrl, fetch, state) => {
  expect(await checkPublicUrl(publicUrl, fetch)).toMatchObject({ check: 'public-url', state });
});
