import { expect, test } from 'vitest';
import { readRawPathRequest } from './read-raw-path-request.ts';

const read = (text: string) => readRawPathRequest(Buffer.from(text));

test('reads what curl sends, with the path encoded', () => {
  const sent = 'GET /registry/Ä→?q=é HTTP/1.1\r\nHost: art.example\r\nAccept:  */* \r\n\r\n';
  expect(read(sent)).toEqual({
    method: 'GET',
    url: '/registry/%C3%84%E2%86%92?q=%C3%A9',
    headers: { host: 'art.example', accept: '*/*' },
  });
});

test.each([
  ['another method', 'POST /Ä HTTP/1.1\r\n\r\n'],
  ['a body', 'GET /Ä HTTP/1.1\r\nContent-Length: 1\r\n\r\nx'],
  ['the length of a body', 'GET /Ä HTTP/1.1\r\nContent-Length: 1\r\n\r\n'],
  ['chunks', 'GET /Ä HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ['a second request', 'GET /Ä HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n'],
  ['half a head', 'GET /Ä HTTP/1.1\r\nHost: a\r\n'],
  ['a space in the path', 'GET /Ä b HTTP/1.1\r\n\r\n'],
  ['a control character', 'GET /Ä\u0007 HTTP/1.1\r\n\r\n'],
  ['a header on two lines', 'GET /Ä HTTP/1.1\r\nA: b\r\n c\r\n\r\n'],
  ['a bare line feed', 'GET /Ä HTTP/1.1\r\nA: b\nC: d\r\n\r\n'],
  ['a header twice', 'GET /Ä HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n'],
  ['a whole URL', 'GET http://evil.example/Ä HTTP/1.1\r\n\r\n'],
  ['nothing', ''],
])('leaves %s to be refused', (_, text) => {
  expect(read(text)).toBeUndefined();
});
