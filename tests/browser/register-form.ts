import type { BrowserContext } from 'playwright-core';

const body = `<!doctype html><html lang="en"><head><title>Register a work</title>
<script type="module" src="/scripts/register-work.js"></script></head><body>
<form data-register-work="https://art.example" data-username="ada">
<input type="file" data-hash-file data-needs-scripts hidden>
<p role="status" data-hash-status></p>
<input name="name" value="Dawn"><input name="content_hash"><input name="asset_type" value="image">
<textarea name="metadata">{"fps":30.0}</textarea><pre data-statement></pre>
</form></body></html>`;

/** Chooses a file in a form as the script expects one; gives the hash and the statement it shows. */
export async function fillRegisterForm(context: BrowserContext, url: string, file: string) {
  const policy = { 'content-security-policy': "default-src 'self'" };
  const page = await context.newPage();
  await page.route(`${url}/form`, (route) =>
    route.fulfill({ contentType: 'text/html', headers: policy, body }),
  );
  await page.goto(`${url}/form`);
  await page.locator('[data-hash-file]').setInputFiles(file);
  await page.locator('[data-hash-status]', { hasText: /[0-9a-f]{64}/ }).waitFor();
  const [hash, statement] = [page.locator('[name=content_hash]'), page.locator('[data-statement]')];
  const shown = { hash: await hash.inputValue(), statement: await statement.textContent() };
  await page.close();
  return shown;
}
