import { AppError } from '@artdag/errors';
import { Command, Option } from 'commander';
import { createGatewayClient, type GatewayClient } from '../gateway-client.ts';
import { type ActOptions, writeObserved } from '../interact.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';
import { PasswordLink, type UserAnswer, UserList } from './admin-answers.ts';
import { parseAnswer } from './host-answers.ts';

interface AddOptions extends ActOptions {
  readonly role: string;
  readonly email?: string;
}

/** `users`: who may log in, through a gateway. A password is never an argument. */
export function usersCommand(terminal: Terminal): Command {
  const connect = () => createGatewayClient(terminal.env);
  const group = new Command('users').description(
    'look after the users; ARTDAG_URL names the gateway, "login" gets a token',
  );
  const role = () =>
    new Option('--role <role>', 'what he may do').choices(['user', 'operator']).default('user');
  group
    .command('list')
    .description('list the users by name')
    .option('--json', 'one JSON document')
    .action(async (options: ActOptions) => listUsers(await connect(), options, terminal));
  group
    .command('add')
    .argument('<name>')
    .description('make a user: asks for his password, or gives a one-time link that sets it')
    .addOption(role())
    .option('--email <address>', 'his address, for operators')
    .option('--json', 'one JSON document')
    .action(async (username: string, options: AddOptions) => {
      const client = await connect();
      const wish = { username, role: options.role, ...(options.email && { email: options.email }) };
      const link = parseAnswer(PasswordLink, await client.ask('POST', '/admin/users', wish));
      await setPassword(link, client, { options, terminal });
    });
  group
    .command('reset-password')
    .argument('<name>')
    .description('ask for a new password, or give a one-time link that sets it')
    .option('--json', 'one JSON document')
    .action(async (username: string, options: ActOptions) => {
      const client = await connect();
      const answer = await client.ask('POST', `${pathOf(username)}/reset-password`);
      await setPassword(parseAnswer(PasswordLink, answer), client, { options, terminal });
    });
  for (const [name, does, done] of [
    ['disable', 'keep a user out: his tokens and his password are of no use', 'is kept out'],
    ['enable', 'let a user in again', 'is let in'],
  ] as const) {
    group
      .command(name)
      .argument('<name>')
      .description(does)
      .action(async (username: string) => {
        await (await connect()).ask('POST', `${pathOf(username)}/${name}`);
        terminal.note(`${username} ${done}.\n`);
      });
  }
  group
    .command('role')
    .argument('<name>')
    .argument('<role>', 'user or operator')
    .description('make a user an operator, or an operator a user')
    .action(async (username: string, wanted: string) => {
      await (await connect()).ask('POST', `${pathOf(username)}/role`, { role: wanted });
      terminal.note(`${username} is ${wanted === 'operator' ? 'an operator' : 'a user'} now.\n`);
    });
  return group;
}

function pathOf(username: string): string {
  return `/admin/users/${encodeURIComponent(username)}`;
}

async function listUsers(
  client: GatewayClient,
  { json }: ActOptions,
  terminal: Terminal,
): Promise<void> {
  const users: UserAnswer[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = parseAnswer(UserList, await client.ask('GET', `/admin/users?limit=1000${query}`));
    users.push(...page.users);
    cursor = page.next;
  }
  if (json) {
    writeObserved({ users }, terminal);
    return;
  }
  const header = ['USER', 'ROLE', 'SINCE', 'DISABLED', 'PASSWORD', 'KEYS'];
  const rows = users.map((user) => [
    user.username,
    user.role,
    user.created_at,
    user.disabled_at,
    user.has_password ? 'yes' : 'no',
    user.has_keys ? 'yes' : 'no',
  ]);
  terminal.write(renderRows({ header, rows }, terminal.isInteractive));
}

interface Output {
  readonly options: ActOptions;
  readonly terminal: Terminal;
}

/** A person is asked for the password; else the link goes to whoever reads the result. */
async function setPassword(
  link: PasswordLink,
  client: GatewayClient,
  { options, terminal }: Output,
): Promise<void> {
  const password = terminal.isInteractive
    ? await terminal.askSecret(
        `Password of ${link.username} (nothing: a link that he sets it by): `,
      )
    : '';
  if (password === '') {
    tellLink(link, client, { options, terminal });
    return;
  }
  if ((await terminal.askSecret('The same again: ')) !== password)
    throw new AppError('validation-failed', 'The two are not the same: nothing was set.');
  await client.ask('POST', new URL(link.password_link).pathname, { password });
  terminal.note(`${link.username} can log in.\n`);
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
