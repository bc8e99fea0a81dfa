import { askPort } from '../processes/ask-port.ts';

/** Whether a Redis server on this port has loaded its data and answers. */
export async function answersPing(port: number): Promise<boolean> {
  const answer = await askPort(port, Buffer.from('PING\r\n'));
  return answer?.toString('latin1').startsWith('+PONG') ?? false;
}
