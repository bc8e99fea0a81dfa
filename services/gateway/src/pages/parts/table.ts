import { html } from 'hono/html';
import type { Html } from '../shell/page.ts';

type Cell = Html | string | number;

/** Rows below headings; the first cell of a row names it. Wide tables scroll by themselves. */
export function renderTable(
  label: string,
  headings: readonly string[],
  rows: readonly (readonly [Cell, ...Cell[]])[],
): Html {
  return html`<div class="table" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([
      name,
      ...cells
    ]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`,
  )}</tbody></table></div>`;
}

/** What is known of one thing: words, and what they say of it. */
export function renderFacts(facts: readonly (readonly [string, Cell])[]): Html {
  return html`<dl class="facts">${facts.map(([word, fact]) => html`<dt>${word}</dt><dd>${fact}</dd>`)}</dl>`;
}
