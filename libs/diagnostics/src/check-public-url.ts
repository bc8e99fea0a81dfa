import type { Fetch } from '@artdag/peers';
import { type Finding, failure, ok, skipped, warning } from './finding.ts';

/** Whether this server is found under its public URL, as peers see it. */
export async function checkPublicUrl(publicUrl: string, fetch: Fetch): Promise<Finding> {
  const { hostname, protocol } = new URL(publicUrl);
  if (hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]')
    return skipped('public-url', `${publicUrl} is this machine: nobody else can reach it`);
  if (protocol !== 'https:') {
    return failure(
      'public-url',
      `${publicUrl} is not https`,
      'Put a proxy with a certificate in front, and set ARTDAG_PUBLIC_URL before the first claim.',
    );
  }
  const url = `${publicUrl}/nodeinfo/2.1`;
  const answer = await fetch({ url, method: 'GET', headers: { accept: 'application/json' } });
  if (!answer.ok) {
    return failure(
      'public-url',
      `${url} does not answer (${answer.reason}: ${answer.detail})`,
      'Check the DNS record, the firewall and the proxy; from inside, some networks never get back in.',
    );
  }
  if (answer.status !== 200) {
    return failure(
      'public-url',
      `${url} answers ${answer.status}`,
      'Let the proxy pass every path on to the gateway.',
    );
  }
  if (isOurs(answer.body)) return ok('public-url', `${publicUrl} leads here`);
  return warning(
    'public-url',
    `${url} is answered by other software`,
    'Let the proxy pass every path on to the gateway.',
  );
}

function isOurs(body: Buffer): boolean {
  try {
    const document: unknown = JSON.parse(body.toString('utf8'));
    return JSON.stringify(document).includes('"name":"artdag-l2"');
  } catch {
    return false;
  }
}
