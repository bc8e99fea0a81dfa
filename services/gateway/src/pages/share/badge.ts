import { html } from 'hono/html';

/** Width of a letter at 12 px, so wide that words fit with any font. */
const LETTER = 7.4;
const HEIGHT = 24;
const PADDING = 8;

/** Words in a box: what is said of a hash, for pages elsewhere. */
export function renderBadge(label: string, words: string): string {
  const left = widthOf(label);
  const width = left + widthOf(words);
  const text = (x: number, value: string, fill: string) =>
    html`<text x="${x}" y="16" fill="${fill}" font-family="system-ui,sans-serif" font-size="12">${value}</text>`;
  const title = `${label}: ${words}`;
  return String(html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${title}"><title>${title}</title>
<rect width="${width}" height="${HEIGHT}" rx="4" fill="#ffffff"/><rect width="${left}" height="${HEIGHT}" rx="4" fill="#5a35c9"/>
<rect x="0.5" y="0.5" width="${width - 1}" height="${HEIGHT - 1}" rx="4" fill="none" stroke="#8a8590"/>
${text(PADDING, label, '#ffffff')}${text(left + PADDING, words, '#1d1b20')}</svg>
`);
}

function widthOf(text: string): number {
  return Math.ceil([...text].length * LETTER) + 2 * PADDING;
}
