import type { Role } from '@artdag/registry';
import { Command, Option } from 'commander';
import {
  createAnonymousClient,
  createGatewayClient,
  type GatewayClient,
} from '../gateway-client.ts';
import { type ActOptions, writeObserved } from '../interact.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';
import { PasswordLink, type UserAnswer, UserList } from './admin-answers.ts';
import { parseAnswer } from './host-answers.ts';
import { type PasswordOptions, setPassword } from './user-password.ts';
import { addDirectly, resetDirectly } from './users-direct.ts';

interface AddOptions extends PasswordOptions {
  readonly role: Role;
  readonly email?: string;
}

const DIRECT = 'by MONGODB_URL or the embedded MongoDB, where no operator can log in yet';

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
    .option('--password-stdin', 'read the password from standard input')
    .option('--direct', DIRECT)
    .option('--json', 'one JSON document')
    .action(async (username: string, options: AddOptions) => {
      const wish = { username, role: options.role, ...(options.email && { email: options.email }) };
      if (options.direct) {
        const link = await addDirectly(wish, terminal);
        await setPassword(link, createAnonymousClient(terminal.env), { options, terminal });
        return;
      }
      const client = await connect();
      const link = parseAnswer(PasswordLink, await client.ask('POST', '/admin/users', wish));
      await setPassword(link, client, { options, terminal });
    });
  group
    .command('reset-password')
    .argument('<name>')
    .description('ask for a new password, or give a one-time link that sets it')
    .option('--password-stdin', 'read the password from standard input')
    .option('--direct', DIRECT)
    .option('--json', 'one JSON document')
    .action(async (username: string, options: PasswordOptions) => {
      if (options.direct) {
        const link = await resetDirectly(username, terminal);
        await setPassword(link, createAnonymousClient(terminal.env), { options, terminal });
        return;
      }
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
