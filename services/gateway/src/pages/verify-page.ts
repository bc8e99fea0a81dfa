import { html } from 'hono/html';
import type { Page } from './shell/page.ts';

/** What the page for verifying needs to know. */
export interface VerifyPage {
  /** Base URL of this server's identifiers. */
  readonly publicUrl: string;
  /** Why the hash that was looked for is none. */
  readonly problem?: string | undefined;
}

/** Verify a file, a hash or an activity: in the browser, or with commands where scripts are off. */
export function renderVerifyPage({ publicUrl, problem }: VerifyPage): Page {
  const body = html`<div data-verify="${publicUrl}">
<h1>Verify a claim</h1>
<p>A claim proves who said it and when. It does not prove who made the work. Do not take this server's word for it: a file stays with you, an activity is checked in your browser, and the commands below check both without this page.</p>
${renderFileForm()}
<h2>By its hash</h2>
${problem === undefined ? '' : html`<p role="alert">${problem}</p>`}
<form action="/verify">
<p><label>SHA3-256 of a file, or another hash that a claim names<br>
<input name="hash" maxlength="128" autocomplete="off" autocapitalize="none" spellcheck="false" required></label></p>
<p><button type="submit">Show who claims it</button></p>
</form>
${renderActivityForm()}
<p id="status" role="status"></p>
<section id="result" aria-label="Result"></section>
${renderCommands(publicUrl)}
</div>`;
  return { title: 'Verify a claim', section: 'verify', scripts: ['/scripts/verify.js'], body };
}

function renderFileForm() {
  return html`<form id="file-form" data-needs-scripts hidden>
<h2>By the file</h2>
<p id="file-note">The file is hashed in your browser. Its hash leaves it, 64 characters; the file does not.</p>
<p><label for="file">Choose a file, or drop it here</label><br>
<input type="file" id="file" aria-describedby="file-note"></p>
</form>`;
}

function renderActivityForm() {
  return html`<form id="activity-form" data-needs-scripts hidden>
<h2>By the signed activity</h2>
<p><label for="activity">The activity, exactly as it was signed</label><br>
<textarea id="activity" rows="8" autocomplete="off" autocapitalize="none" spellcheck="false" required></textarea></p>
<details>
<summary>Check it by a key of your own</summary>
<p><label for="key">The actor's document or his public key (PEM), from where you trust it. Without it the document is asked of this server.</label><br>
<textarea id="key" rows="6" autocomplete="off" autocapitalize="none" spellcheck="false"></textarea></p>
</details>
<p><button type="submit">Check</button></p>
</form>`;
}

function renderCommands(publicUrl: string) {
  return html`<h2>Without this page</h2>
<p>The command line of this software checks the same steps and says the same about them; it runs on your machine and need not be ours.</p>
<pre tabindex="0" aria-label="Commands"><code data-copy>artdag-l2 verify '${publicUrl}/registry/NAME' --file FILE</code></pre>
<p>Off line, with an activity and an actor that you saved before:</p>
<pre tabindex="0" aria-label="Commands for checking off line"><code data-copy>artdag-l2 verify ACTIVITY.json --key ACTOR.json --file FILE</code></pre>
<p>The hash alone, with a tool that most machines have:</p>
<pre tabindex="0" aria-label="Command for the hash"><code data-copy>openssl dgst -sha3-256 FILE</code></pre>`;
}
