import { expect, test } from 'vitest';
import { fetchFrom } from '../testing/fetch-from.ts';
import { startPeer } from '../testing/start-peer.ts';

test('follows three redirects and no fourth', async () => {
  await using peer = await startPeer((request, response) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) response.end('there');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  await using guarded = fetchFrom([peer.host]);
  const answer = await guarded.get(`${peer.origin}/3#fragment`);
  expect(answer).toMatchObject({ ok: true, status: 200, finalUrl: `${peer.origin}/0` });
  expect(answer.ok && String(answer.body)).toBe('there');
  expect(await guarded.get(`${peer.origin}/4`)).toMatchObject({ reason: 'too-many-redirects' });
});

test('does not send a POST on to where it is redirected', async () => {
  await using peer = await startPeer((_, response) => {
    response.writeHead(307, { location: '/other' }).end();
  });
  await using guarded = fetchFrom([peer.host]);
  const request = { url: `${peer.origin}/`, method: 'POST', headers: {} } as const;
  const answer = await guarded.fetch({ ...request, body: Buffer.from('{}') });
  expect(answer).toMatchObject({ ok: false, reason: 'redirect-refused' });
  expect(peer.requests).toHaveLength(1);
});

test('signs each hop on its first origin, and none after a redirect has left it', async () => {
  await using home = await startPeer((request, response) => {
    if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
    else if (request.url === '/b') response.writeHead(302, { location: `${away.origin}/c` }).end();
    else response.end('back');
  });
  await using away = await startPeer((_, response) => {
    response.writeHead(302, { location: `${home.origin}/d` }).end();
  });
  await using guarded = fetchFrom([home.host, away.host]);
  const answer = await guarded.fetch({
    url: `${home.origin}/a`,
    method: 'GET',
    headers: { accept: 'x/y', authorization: 'once', cookie: 'c=1', host: 'evil.example' },
    signHop: (url) => ({ signature: `for ${url.pathname}` }),
  });
  expect(answer).toMatchObject({ ok: true, finalUrl: `${home.origin}/d` });
  const seen = [...home.requests.slice(0, 2), ...away.requests, ...home.requests.slice(2)];
  expect(
    seen.map(({ url, headers }) => [url, headers['signature'], headers.authorization]),
  ).toEqual([
    ['/a', 'for /a', 'once'],
    ['/b', 'for /b', undefined],
    ['/c', undefined, undefined],
    ['/d', undefined, undefined],
  ]);
  const { headers } = home.requests[0] ?? expect.fail('nothing was asked');
  expect(headers).toMatchObject({ host: home.host, accept: 'x/y', 'accept-encoding': 'identity' });
  expect(headers.cookie).toBeUndefined();
});
