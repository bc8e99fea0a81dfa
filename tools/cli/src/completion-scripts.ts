import type { Command } from 'commander';

/** One command, by the words that lead to it, and what may follow. */
interface Place {
  /** As ` queues list`; nothing for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly { readonly long: string; readonly description: string }[];
}

/** A script for bash. Where no word fits, bash offers files. */
export function renderBash(program: Command): string {
  const places = findPlaces(program);
  return `_artdag_l2() {
  local at="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$at $word" in
      ${renderPaths(places)}) at="$at $word" ;;
    esac
  done
  case "$at" in
${places.map((place) => `    "${place.path}") COMPREPLY=($(compgen -W "${wordsOf(place)}" -- "\${COMP_WORDS[COMP_CWORD]}")) ;;`).join('\n')}
  esac
}
complete -o default -F _artdag_l2 artdag-l2
`;
}

/** A script for zsh, to be sourced or found as \`_artdag-l2\` in \`fpath\`. */
export function renderZsh(program: Command): string {
  const places = findPlaces(program);
  return `#compdef artdag-l2
_artdag_l2() {
  local at="" word
  for word in "\${words[@]:1:$((CURRENT - 2))}"; do
    case "$at $word" in
      (${renderPaths(places)}) at="$at $word" ;;
    esac
  done
  case "$at" in
${places.map((place) => `    ("${place.path}") compadd -- ${wordsOf(place)} && return ;;`).join('\n')}
  esac
  _files
}
compdef _artdag_l2 artdag-l2
`;
}

/** A script for fish. */
export function renderFish(program: Command): string {
  const places = findPlaces(program);
  const known = places.map(({ path }) => `'${path}'`).join(' ');
  const lines = places.flatMap(({ path, commands, options }) => [
    ...commands.map(
      ({ name, description }) =>
        `complete -c artdag-l2 -f -n "__artdag_l2_at '${path}'" -a ${name} -d ${quote(description)}`,
    ),
    ...options.map(
      ({ long, description }) =>
        `complete -c artdag-l2 -n "__artdag_l2_at '${path}'" -l ${long.slice(2)} -d ${quote(description)}`,
    ),
  ]);
  return `function __artdag_l2_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    contains -- "$at $word" ${known}; and set at "$at $word"
  end
  test "$at" = "$argv[1]"
end
${lines.join('\n')}
`;
}

function findPlaces(command: Command, path = ''): Place[] {
  const place = {
    path,
    commands: command.commands.map((each) => ({
      name: each.name(),
      description: each.description(),
    })),
    options: command.options.flatMap(({ long, description }) =>
      long ? [{ long, description }] : [],
    ),
  };
  return [place, ...command.commands.flatMap((each) => findPlaces(each, `${path} ${each.name()}`))];
}

function renderPaths(places: readonly Place[]): string {
  return places
    .filter(({ path }) => path !== '')
    .map(({ path }) => `"${path}"`)
    .join('|');
}

function wordsOf({ commands, options }: Place): string {
  return [...commands.map(({ name }) => name), ...options.map(({ long }) => long), '--help'].join(
    ' ',
  );
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
