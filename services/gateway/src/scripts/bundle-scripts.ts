import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** A file that pages load. */
export interface ScriptFile {
  readonly bytes: Uint8Array;
  readonly gzip: Uint8Array;
  readonly type: string;
  /** Whether its name changes with its content. */
  readonly isImmutable: boolean;
  readonly etag: string;
}

/** Files by their names under `/scripts/`. */
export type ScriptFiles = ReadonlyMap<string, ScriptFile>;

/** Scripts that pages name; the sources stand in `src/browser`. */
const SCRIPT_ENTRIES = ['page', 'verify', 'register-work', 'hash-worker'] as const;

const SOURCES = fileURLToPath(new URL('../browser/', import.meta.url));
const JAVASCRIPT = 'text/javascript; charset=utf-8';

/**
 * Bundles what runs in browsers from the sources as they stand. Source maps go with it: who does
 * not trust a check reads what does it.
 */
export async function bundleScripts(): Promise<ScriptFiles> {
  // Loaded when a first page asks for a script: most processes serve none.
  const { build, stop } = await import('esbuild');
  const result = await build({
    absWorkingDir: SOURCES,
    entryPoints: SCRIPT_ENTRIES.map((name) => `${name}.ts`),
    outdir: 'scripts',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    sourcemap: 'linked',
    chunkNames: 'chunk-[hash]',
    logLevel: 'silent',
  });
  // Else its process would stay for a next time that never comes.
  await stop();
  const files = result.outputFiles.map(({ path, contents, hash }): [string, ScriptFile] => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return [
      name,
      {
        bytes: contents,
        gzip: gzipSync(contents),
        type: name.endsWith('.map') ? 'application/json' : JAVASCRIPT,
        isImmutable: name.startsWith('chunk-'),
        etag: `"${hash.replace(/[^A-Za-z0-9]/g, '')}"`,
      },
    ];
  });
  return new Map(files);
}
