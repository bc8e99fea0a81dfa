// Loaded first into what is run: when the bootstrap is gone, however it ended, it stops as by SIGTERM.
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const { ARTDAG_PARENT_PIPE: fd } = process.env;
if (isMainThread && fd !== undefined) {
  // Children of this process inherit neither the pipe nor the order to watch it.
  delete process.env.ARTDAG_PARENT_PIPE;
  const parent = new Socket({ fd: Number(fd), readable: true, writable: false });
  parent.on('error', () => undefined);
  parent.on('close', () => process.kill(process.pid, 'SIGTERM'));
  parent.resume().unref();
}
