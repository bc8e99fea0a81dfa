import { html } from 'hono/html';

/** What every page has. `body` is made by the tagged template `html`, which escapes values. */
export interface Page {
  readonly title: string;
  readonly body: ReturnType<typeof html>;
}

/** Address of the stylesheet of all pages. */
export const STYLESHEET_PATH = '/style.css';

/** One page as HTML text. */
export async function renderPage({ title, body }: Page): Promise<string> {
  const document = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${STYLESHEET_PATH}">
</head>
<body><main>${await body}</main></body>
</html>`;
  return String(document);
}

/** A printed catalogue: system fonts, an 8 px grid, one accent; light and dark. */
export const STYLESHEET = `:root {
  color-scheme: light dark;
  --page: light-dark(#fbfaf8, #141218);
  --text: light-dark(#1d1b20, #ece8f1);
  --muted: light-dark(#5c5862, #b0aab8);
  --accent: light-dark(#5a35c9, #b9a7ff);
  --on-accent: light-dark(#ffffff, #141218);
  --control: light-dark(#8a8590, #8a8495);
}
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.6 system-ui, sans-serif; }
main { max-width: 70ch; margin: 0 auto; padding: 32px 16px; }
h1 { font-size: 28px; line-height: 1.3; }
.muted { color: var(--muted); }
a { color: var(--accent); }
li { margin: 8px 0; }
input, button { font: inherit; box-sizing: border-box; min-height: 40px; padding: 8px; border: 1px solid var(--control); border-radius: 4px; }
textarea { font: 14px/1.5 ui-monospace, monospace; box-sizing: border-box; width: 100%; padding: 8px; border: 1px solid var(--control); border-radius: 4px; background: var(--page); color: var(--text); }
pre { overflow-x: auto; padding: 8px; border: 1px solid var(--control); border-radius: 4px; }
input { width: 100%; max-width: 40ch; background: var(--page); color: var(--text); }
button { padding: 8px 16px; background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
