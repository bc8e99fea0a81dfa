export const secantusFormat = 'SecantusDB';

export const secantusWarning =
  'MongoDB: SecantusDB is a beta, good for trying things out: production needs a real MongoDB, set MONGODB_URL';

/** Without `--sync-on-commit`, a write acknowledged with `j: true` may be lost in a crash. */
export function secantusArgs({ port, dataDir }: { port: number; dataDir: string }): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port)],
    ...['--storage-path', dataDir, '--cache-size', '1G', '--sync-on-commit'],
  ];
}
