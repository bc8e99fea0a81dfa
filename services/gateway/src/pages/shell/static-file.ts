import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file that pages refer to under a name which changes with its content. */
export interface StaticFile {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const FOLDER = '/shell';

/** Where all {@link StaticFile}s stand. */
export const STATIC_FILE_ROUTE = `${FOLDER}/:file`;

/** The stylesheet of all pages. */
export const STYLESHEET = readStaticFile('style', 'css', 'text/css; charset=utf-8');

/** The icons of all pages, each by its id. */
export const ICONS = readStaticFile('icons', 'svg', 'image/svg+xml');

/** What browsers show beside the title. */
export const EMBLEM = readStaticFile('emblem', 'svg', 'image/svg+xml');

/** Every {@link StaticFile}. */
export const STATIC_FILES: readonly StaticFile[] = [STYLESHEET, ICONS, EMBLEM];

function readStaticFile(stem: string, ending: string, type: string): StaticFile {
  const bytes = readFileSync(new URL(`${stem}.${ending}`, import.meta.url));
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const name = `${stem}.${hash}.${ending}`;
  return { name, path: `${FOLDER}/${name}`, type, bytes };
}
