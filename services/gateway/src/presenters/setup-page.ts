import { html } from 'hono/html';

/** The form by which the first operator sets his password. */
export async function renderSetupPage(username: string): Promise<string> {
  const document = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Set up this server</title>
</head>
<body>
<main>
<h1>Welcome, ${username}</h1>

<p>You are the first operator of this server. Choose the password that you will log in with.</p>
<form method="post">
<input type="hidden" name="username" value="${username}" autocomplete="username">
<p><label>Password, 8 characters or more<br>
<input type="password" name="password" minlength="8" maxlength="1024" autocomplete="new-password" required></label></p>
<p><button type="submit">Set the password</button></p>
</form>
</main>
</body>
</html>`;
  return String(document);
}

/** What follows once the password is set. */
export async function renderSetupDonePage(username: string): Promise<string> {
  const document = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>Set up this server</title>
</head>
<body><main><h1>Done</h1><p>${username} can log in now. This link does not work again.</p></main></body>
</html>`;
  return String(document);
}
