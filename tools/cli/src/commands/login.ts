import { AppError } from '@artdag/errors';
import { Command } from 'commander';
import { Type } from 'typebox';
import { createAnonymousClient, createGatewayClient } from '../gateway-client.ts';
import type { Terminal } from '../terminal.ts';
import { keepToken, tokenPath } from '../token-file.ts';
import { parseAnswer } from './host-answers.ts';

interface Options {
  readonly user?: string;
  readonly passwordStdin?: boolean;
  readonly print?: boolean;
}

const TokenAnswer = Type.Object({
  access_token: Type.String(),
  username: Type.String(),
  expires_at: Type.String(),
});

/** `login`: keeps a token of a gateway, so that no secret stands on a command line. */
export function loginCommand(terminal: Terminal): Command {
  return new Command('login')
    .description('log in at the gateway of ARTDAG_URL and keep the token for later commands')
    .option('--user <name>', 'user name; asked for where it is not given')
    .option('--password-stdin', 'read the password from standard input')
    .option('--print', 'write the token out in place of keeping it')
    .action((options: Options) => logIn(options, terminal));
}

/** `logout`: revokes the token that was kept, and forgets it. */
export function logoutCommand(terminal: Terminal): Command {
  return new Command('logout')
    .description('revoke the token of the gateway of ARTDAG_URL, and forget it')
    .action(async () => {
      const client = await createGatewayClient(terminal.env);
      await client.ask('POST', '/auth/logout');
      await keepToken(terminal.env, client.url, undefined);
      terminal.note(`Logged out at ${client.url}.\n`);
    });
}

async function logIn(options: Options, terminal: Terminal): Promise<void> {
  const client = createAnonymousClient(terminal.env);
  const credentials = await readCredentials(options, terminal);
  const answer = parseAnswer(TokenAnswer, await client.ask('POST', '/auth/login', credentials));
  const { access_token: token, username, expires_at } = answer;
  if (options.print) {
    terminal.write(`${token}\n`);
    return;
  }
  await keepToken(terminal.env, client.url, { token, username, expires_at });
  terminal.note(
    `Logged in as ${username} at ${client.url} until ${expires_at}; the token is in ${tokenPath(terminal.env)}.\n`,
  );
}

async function readCredentials(
  { user, passwordStdin }: Options,
  terminal: Terminal,
): Promise<{ username: string; password: string }> {
  if (passwordStdin && user !== undefined)
    return { username: user, password: (await terminal.readAll()).replace(/\r?\n$/, '') };
  if (passwordStdin || !terminal.isInteractive) {
    throw new AppError(
      'validation-failed',
      'nobody can be asked here: give --user and --password-stdin.',
    );
  }
  const username = user ?? (await terminal.ask('User name: '));
  return { username, password: await terminal.askSecret('Password: ') };
}
