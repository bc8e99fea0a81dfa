import { html } from 'hono/html';
import type { Html } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import type { WorkView } from './work-view.ts';

/** Three commands that check the work without this page. They work when they are copied. */
export function renderCommands(
  { asset, create }: Pick<WorkView, 'asset' | 'create'>,
  { m, iris }: PageSetting,
): Html {
  const { work } = m;
  const url = shellWord(iris.registryEntry(asset.name));
  return html`<h2>${work.verifyYourself}</h2>
<p>${work.verifyClaim}</p>
${command(work.verifyClaim, `artdag-l2 verify ${url} --file FILE`)}
<p>${work.verifyHash}</p>
${command(work.verifyHash, 'openssl dgst -sha3-256 FILE')}
${
  create
    ? html`<p>${work.verifyOffline}</p>
${command(
  work.verifyOffline,
  `curl -fsS -H 'Accept: application/activity+json' -o activity.json ${shellWord(iris.activity(create.activityId))}
curl -fsS -H 'Accept: application/activity+json' -o actor.json ${shellWord(iris.actor(asset.owner))}
artdag-l2 verify activity.json --key actor.json --file FILE`,
)}`
    : ''
}`;
}

function command(label: string, text: string): Html {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code data-copy>${text}</code></pre>`;
}

/** A URL as one word of a shell, whatever a stranger has put into a name. */
export function shellWord(url: string): string {
  return `'${url.replaceAll("'", '%27')}'`;
}
