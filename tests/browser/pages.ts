import type { Viewer, World } from './seed-world.ts';

/** A page of the suite. */
export interface PageCase {
  readonly name: string;
  readonly path: (world: World) => string;
  readonly viewer?: Viewer;
  readonly status?: number;
}

const path = (text: string) => () => text;

/** Every page that people see: full, empty, with long and hostile content, and as an error. */
export const PAGES: readonly PageCase[] = [
  { name: 'home', path: path('/') },
  { name: 'verify', path: path('/verify') },
  { name: 'verify, wrong hash', path: path('/verify?hash=%3Cb%3E'), status: 422 },
  { name: 'log in', path: path('/login') },
  { name: 'register', path: path('/register') },
  { name: 'log out', path: path('/logout'), viewer: 'user' },
];
