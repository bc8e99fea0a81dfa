import { askPort } from '../processes/ask-port.ts';
import { type BsonDocument, encodeOpMsg } from './op-msg.ts';

/**
 * Sends one command to the database `admin` of a MongoDB server on this machine, without a driver;
 * returns the message that answers, as it stands on the wire, if one comes.
 */
export function askMongo(port: number, command: BsonDocument): Promise<Buffer | undefined> {
  return askPort(port, encodeOpMsg({ ...command, $db: 'admin' }));
}
