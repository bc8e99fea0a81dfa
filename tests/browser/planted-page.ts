import type { Browser } from 'playwright-core';
import { inspectPage } from './inspect-page.ts';

/** Faults that the suite must find, each with how it tells of it. */
export const PLANTED_FAULTS = {
  'a picture without a text': /axe image-alt/,
  'text that is too faint': /axe color-contrast/,
  'a target that is too small': /axe target-size/,
  'a field without a label': /axe label/,
  'a heading that skips a level': /axe heading-order/,
  'a page wider than the screen': /px wide in 320 px/,
  'an order of its own for Tab': /Tab goes/,
  'a script in the page': /console: .*Content Security Policy/,
  'a picture from another host': /asks another host/,
  'a script that throws': /script: planted/,
} as const;

const policy = "default-src 'self'; img-src *; style-src 'self' 'unsafe-inline'";
const body = `<!doctype html>
<html lang="en"><head><title>Planted</title><meta name="viewport" content="width=device-width">
<script src="/planted.js"></script></head>
<body><main><h1>Planted</h1><h4>Skipped</h4>
<img src="http://other.example/pixel.png">
<p style="color:#bbb;background:#fff">faint</p>
<p><button style="width:12px;height:12px;padding:0;border:0;margin:0">a</button><button style="width:12px;height:12px;padding:0;border:0;margin:0">b</button></p>
<input type="text">
<a href="/" tabindex="2">second</a> <a href="/verify" tabindex="1">first</a>
<div style="width:900px">wide</div>
<script>document.title = 'changed'</script>
</main></body></html>`;

/** What the suite says of a page with all of {@link PLANTED_FAULTS}. */
export async function inspectPlantedPage(browser: Browser, url: string): Promise<string[]> {
  await using context = await browser.newContext();
  await context.route('http://other.example/**', (route) => route.abort());
  await context.route(`${url}/planted.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("planted")' }),
  );
  await context.route(`${url}/planted`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { 'content-security-policy': policy },
      body,
    }),
  );
  const look = { scripts: true, faces: [{ scheme: 'light', width: 320 }] } as const;
  return await inspectPage(context, { address: `${url}/planted`, status: 200, look });
}
