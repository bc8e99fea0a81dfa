import { allCommands, createProgram, EXIT_CODES, type Terminal } from '@artdag/cli';
import type { Command } from 'commander';

const INTRODUCTION = `# Command line

This page is made from the commands themselves (\`pnpm docs:fix\`), and CI compares them.

\`npm run artdag-l2 -- COMMAND\` runs a command in a clone; in the image it is
\`node tools/cli/src/main.ts COMMAND\`. Standard output is the result, standard error is all else. A
terminal gets aligned tables, a pipe gets tab-separated values, and \`--json\` gives one document that
keeps what was signed (\`signed\`) apart from what a server observed (\`observed\`). Without a terminal
nobody is asked: \`--yes\` agrees beforehand, \`--dry-run\` only says what would be done.

\`users\`, \`hosts\` and \`queues\` ask a running gateway: \`ARTDAG_URL\` names it
(\`http://localhost:8200\`). \`artdag-l2 login\` keeps a token for it in
\`$XDG_CONFIG_HOME/artdag-l2/tokens.json\`, which only you can read; \`ARTDAG_TOKEN\` wins over that. A
password is typed where the screen does not show it, or read from standard input: it never stands on
a command line.

\`artdag-l2 completion bash|zsh|fish\` writes a script that completes all of this.
`;

/** Commands are only looked at here, never run. */
const nobody: Terminal = {
  env: {},
  isInteractive: false,
  write: () => undefined,
  note: () => undefined,
  confirm: async () => false,
  ask: async () => '',
  askSecret: async () => '',
  readAll: async () => '',
};

/** The page on the command line: every command, and every exit code. */
export function renderCli(): string {
  const program = createProgram(nobody, { exitCode: undefined });
  const commands = allCommands(program).filter(
    (command) => command !== program && command.commands.length === 0,
  );
  return [INTRODUCTION, ...commands.map(renderCommand), renderExitCodes()].join('\n');
}

function renderCommand(command: Command): string {
  const usage = [pathOf(command), ...command.registeredArguments.map(renderArgument)].join(' ');
  const rows = [
    ...command.registeredArguments
      .filter(({ description }) => description)
      .map((argument) => [argument.name(), argument.description]),
    ...command.options.map(({ flags, description }) => [flags, description]),
  ];
  const table = rows.map(([name = '', text = '']) => `| \`${name}\` | ${escapeCell(text)} |\n`);
  const head = table.length > 0 ? '\n| | |\n|---|---|\n' : '';
  return `## ${usage.replaceAll('<', '&lt;')}\n\n${sentence(command.description())}\n${head}${table.join('')}`;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function renderArgument(argument: Command['registeredArguments'][number]): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function renderExitCodes(): string {
  const rows = Object.values(EXIT_CODES).map(({ code, meaning }) => `| ${code} | ${meaning} |\n`);
  return `## Exit codes\n\n| code | meaning |\n|---|---|\n${rows.join('')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
