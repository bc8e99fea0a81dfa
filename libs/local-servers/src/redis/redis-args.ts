/**
 * `everysec` and not `always`: MongoDB is the truth, and jobs lost with the last second are found
 * again by the relay. `noeviction`, because an evicted key is half a job.
 */
export const redisArgs = [
  ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
  ...['--maxmemory-policy', 'noeviction'],
] as const;

export function localRedisArgs({ port, dataDir }: { port: number; dataDir: string }): string[] {
  return ['--bind', '127.0.0.1', '--port', String(port), '--dir', dataDir, ...redisArgs];
}
