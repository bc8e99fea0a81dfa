import type { User } from '@artdag/store';
import { html } from 'hono/html';
import { copyable, identity } from './parts/elements.ts';
import { fingerprintOf } from './parts/fingerprint.ts';
import type { Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** The public keys of a user. */
export function renderKeyPage({ username, keys }: User, { m, domain }: PageSetting): Page {
  const title = m.user.keyTitle(`@${username}@${domain}`);
  return {
    title,
    section: 'users',
    alternates: [{ type: 'application/x-pem-file', path: `/users/${username}/key?format=pem` }],
    body: html`<h1>${title}</h1>
<p>${identity(username, domain)}</p>
<p>${m.user.keyText}</p>
${
  keys
    ? html`<h2>${m.user.fingerprint}</h2><p>${copyable(fingerprintOf(keys.publicKeyPem))}</p>
<h2>${m.user.rsa}</h2><pre tabindex="0" role="region" aria-label="${m.user.rsa}"><code data-copy>${keys.publicKeyPem}</code></pre>
<h2>${m.user.ed25519}</h2><p>${copyable(keys.publicKeyMultibase)}</p>`
    : html`<p>${m.user.noKey}</p>`
}`,
  };
}
