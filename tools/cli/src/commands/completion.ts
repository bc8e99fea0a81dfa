import { Argument, Command } from 'commander';
import { renderBash, renderFish, renderZsh } from '../completion-scripts.ts';
import type { Terminal } from '../terminal.ts';

const RENDER = { bash: renderBash, zsh: renderZsh, fish: renderFish } as const;

/** `completion`: a script that completes the commands of `program` in a shell. */
export function completionCommand(terminal: Terminal, program: Command): Command {
  return new Command('completion')
    .description('write a script that completes commands and options, for a shell to read')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', '\nFor bash: source <(artdag-l2 completion bash)')
    .action((shell: keyof typeof RENDER) => terminal.write(RENDER[shell](program)));
}
