export { createWorld } from './dev/world.ts';
export { EXIT_CODES } from './exit-code.ts';
export { allCommands, createProgram } from './program.ts';
export type { Terminal } from './terminal.ts';
