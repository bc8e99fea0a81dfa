/** The few BSON types that a handshake or a simple command needs. */
export type BsonValue = string | number | boolean | readonly BsonValue[] | BsonDocument;
export interface BsonDocument {
  readonly [key: string]: BsonValue;
}

/** The wire protocol's number for OP_MSG. */
export const opMsg = 2013;

/**
 * One command as an OP_MSG with a single body section; numbers are 32-bit integers.
 *
 * @see https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/#op_msg
 */
export function encodeOpMsg(command: BsonDocument): Buffer {
  const flagsAndKind = Buffer.alloc(5);
  const body = Buffer.concat([flagsAndKind, encodeDocument(command)]);
  return Buffer.concat([int32(16 + body.length), int32(1), int32(0), int32(opMsg), body]);
}

/** @see https://bsonspec.org/spec.html */
function encodeDocument(document: BsonDocument | readonly BsonValue[]): Buffer {
  const elements = Buffer.concat(
    Object.entries(document).map(([key, value]) => encodeElement(key, value)),
  );
  return Buffer.concat([int32(elements.length + 5), elements, Buffer.alloc(1)]);
}

function encodeElement(key: string, value: BsonValue): Buffer {
  const [type, bytes] = encodeValue(value);
  return Buffer.concat([Buffer.of(type), Buffer.from(`${key}\0`), bytes]);
}

function encodeValue(value: BsonValue): [type: number, bytes: Buffer] {
  if (typeof value === 'number') return [0x10, int32(value)];
  if (typeof value === 'boolean') return [0x08, Buffer.of(Number(value))];
  if (typeof value === 'object') return [Array.isArray(value) ? 0x04 : 0x03, encodeDocument(value)];
  const text = Buffer.from(`${value}\0`);
  return [0x02, Buffer.concat([int32(text.length), text])];
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
