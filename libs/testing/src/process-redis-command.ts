import { connect } from 'node:net';

const PATIENCE_MS = 5000;

/**
 * Sends one command to a Redis server on a connection of its own, and returns the first answer as
 * it stands on the wire (`+OK`, `:3`, `$-1` …).
 */
export function redisCommand(url: string, ...words: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const parts = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  const question = `*${words.length}\r\n${parts.join('')}`;
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 6379), timeout: PATIENCE_MS });
    socket.once('connect', () => socket.write(question));
    socket.once('data', (data) => {
      resolve(data.toString('utf8').trim());
      socket.destroy();
    });
    socket.once('timeout', () => socket.destroy(new Error('Redis does not answer')));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('Redis closed the connection')));
  });
}
