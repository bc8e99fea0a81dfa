import { html } from 'hono/html';
import type { Html, Page } from './shell/page.ts';
import type { PageSetting } from './shell/page-setting.ts';

/** Verify a file, a hash or an activity: in the browser, or with commands where scripts are off. */
export function renderVerifyPage(setting: PageSetting, isHashWrong = false): Page {
  const { m, iris } = setting;
  const { verify } = m;
  const body = html`<div data-verify="${iris.base}">
<h1>${verify.title}</h1>
<p class="lead">${verify.lead}</p>
${renderFileForm(setting)}
${renderHashForm(setting, isHashWrong)}
${renderActivityForm(setting)}
<p id="status" role="status"></p>
<section id="result" aria-label="${verify.result}"></section>
${renderCommands(setting)}
</div>`;
  return {
    title: verify.title,
    section: 'verify',
    description: m.claims.proves,
    canonical: `${iris.base}/verify`,
    scripts: ['/scripts/verify.js'],
    body,
  };
}

function renderFileForm({ m: { verify } }: PageSetting): Html {
  return html`<form id="file-form" data-needs-scripts hidden>
<h2>${verify.byFile}</h2>
<p id="file-note">${verify.fileNote}</p>
<p><label for="file">${verify.chooseFile}</label><br>
<input type="file" id="file" aria-describedby="file-note"></p>
</form>`;
}

function renderHashForm({ m: { verify } }: PageSetting, isWrong: boolean): Html {
  return html`<h2>${verify.byHash}</h2>
${isWrong ? html`<p role="alert">${verify.noHash}</p>` : ''}
<form action="/verify">
<p><label>${verify.hash}<br>
<input name="hash" maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false" required></label></p>
<p><button type="submit">${verify.showClaims}</button></p>
</form>`;
}

function renderActivityForm({ m: { verify } }: PageSetting): Html {
  return html`<form id="activity-form" data-needs-scripts hidden>
<h2>${verify.byActivity}</h2>
<p><label for="activity">${verify.activity}</label><br>
<textarea id="activity" rows="8" autocomplete="off" autocapitalize="none" spellcheck="false" required></textarea></p>
<details>
<summary>${verify.ownKey}</summary>
<p><label for="key">${verify.key}</label><br>
<textarea id="key" rows="6" autocomplete="off" autocapitalize="none" spellcheck="false"></textarea></p>
</details>
<p><button type="submit">${verify.check}</button></p>
</form>`;
}

function renderCommands({ m: { verify }, iris }: PageSetting): Html {
  const command = (label: string, text: string) =>
    html`<p>${label}</p>
<pre tabindex="0" role="region" aria-label="${label}"><code data-copy>${text}</code></pre>`;
  const claim = `artdag-l2 verify '${iris.registryEntry('NAME')}' --file FILE`;
  return html`<h2>${verify.withoutPage}</h2>
${command(verify.commandLine, claim)}
${command(verify.offLine, 'artdag-l2 verify ACTIVITY.json --key ACTOR.json --file FILE')}
${command(verify.hashAlone, 'openssl dgst -sha3-256 FILE')}`;
}
