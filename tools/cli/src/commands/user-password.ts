import { AppError } from '@artdag/errors';
import type { GatewayClient } from '../gateway-client.ts';
import { type ActOptions, writeObserved } from '../interact.ts';
import type { Terminal } from '../terminal.ts';
import type { PasswordLink } from './admin-answers.ts';

/** Where a password comes from. */
export interface PasswordOptions extends ActOptions {
  readonly passwordStdin?: boolean;
  readonly direct?: boolean;
}

interface Output {
  readonly options: PasswordOptions;
  readonly terminal: Terminal;
}

/** A person is asked for the password; else the link goes to whoever reads the result. */
export async function setPassword(link: PasswordLink, client: GatewayClient, output: Output) {
  const password = await readPassword(link.username, output);
  if (password === '') {
    tellLink(link, client, output);
    return;
  }
  await client.ask('POST', new URL(link.password_link).pathname, { password });
  output.terminal.note(`${link.username} can log in.\n`);
}

/** Nothing where nobody is there to type it, or whoever is there types none. */
async function readPassword(username: string, { options, terminal }: Output): Promise<string> {
  if (options.passwordStdin) return (await terminal.readAll()).replace(/\r?\n$/, '');
  if (!terminal.isInteractive) return '';
  const password = await terminal.askSecret(
    `Password of ${username} (nothing: a link that he sets it by): `,
  );
  if (password !== '' && (await terminal.askSecret('The same again: ')) !== password)
    throw new AppError('validation-failed', 'The two are not the same: nothing was set.');
  return password;
}

function tellLink(
  { username, password_link, expires_at }: PasswordLink,
  { url }: GatewayClient,
  { options, terminal }: Output,
): void {
  const reached = `${url}${new URL(password_link).pathname}`;
  if (options.json) writeObserved({ username, password_link, reached, expires_at }, terminal);
  else terminal.write(`${password_link}\n`);
  terminal.note(
    `This link sets the password of ${username}, once, until ${expires_at}. From here: ${reached}\n`,
  );
}
