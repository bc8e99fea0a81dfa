import { askPort } from '../processes/ask-port.ts';
import { encodeOpMsg, opMsg } from './op-msg.ts';

const hello = encodeOpMsg({ hello: 1, $db: 'admin' });

/** Whether a MongoDB server on this port answers the handshake command. */
export async function answersHello(port: number): Promise<boolean> {
  const answer = await askPort(port, hello);
  return answer !== undefined && answer.length >= 16 && answer.readInt32LE(12) === opMsg;
}
