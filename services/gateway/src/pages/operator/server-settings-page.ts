import type { EffectiveSetting } from '@artdag/runtime';
import { html } from 'hono/html';
import { quote } from '../parts/elements.ts';
import { renderTable } from '../parts/table.ts';
import type { Page } from '../shell/page.ts';
import type { PageSetting } from '../shell/page-setting.ts';
import { renderOperatorPage } from './operator-page.ts';

/** What the settings of this process are, where each comes from, and what it means. */
export function renderServerSettingsPage(
  settings: readonly EffectiveSetting[],
  setting: PageSetting,
): Page {
  const { settings: words } = setting.m.operator;
  const renderValue = ({ value, source, isSecret }: EffectiveSetting) => {
    if (source === 'unset') return words.none;
    if (isSecret) return words.secret;
    return value === undefined ? words.none : html`<code>${quote(value, 300)}</code>`;
  };
  const rows = settings.map(
    (each) =>
      [
        html`<code>${each.name}</code>`,
        renderValue(each),
        words.sources[each.source],
        each.description.replaceAll('`', ''),
      ] as const,
  );
  const headings = [words.name, words.value, words.source, words.meaning];
  const body = html`<p>${words.lead}</p>
${renderTable(words.title, headings, rows)}`;
  return renderOperatorPage({ title: words.title, section: 'settings', body }, setting);
}
