import { connect } from 'node:net';

const patienceMs = 2_000;

/** Sends `question` to a port of this machine and returns the first bytes of the answer, if one comes. */
export function askPort(port: number, question: Buffer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: patienceMs });
    const settle = (answer?: Buffer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write(question));
    socket.once('data', settle);
    for (const end of ['error', 'timeout', 'close']) socket.once(end, () => settle());
  });
}
