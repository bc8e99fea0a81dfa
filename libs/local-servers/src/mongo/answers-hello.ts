import { askMongo } from './ask-mongo.ts';
import { opMsg } from './op-msg.ts';

/** Whether a MongoDB server on this port answers the handshake command. */
export async function answersHello(port: number): Promise<boolean> {
  const answer = await askMongo(port, { hello: 1 });
  return answer !== undefined && answer.length >= 16 && answer.readInt32LE(12) === opMsg;
}
