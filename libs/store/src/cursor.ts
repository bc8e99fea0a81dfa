/** A place in a list that is ordered by a time and, within one time, by an id. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

/** An opaque text for `position`, safe in a URL. */
export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([position.at.getTime(), position.id])).toString('base64url');
}

/** The position in `cursor`, or nothing where it is not one that {@link encodeCursor} made. */
export function decodeCursor(cursor: string): Position | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts)) return undefined;
    const [time, id] = parts;
    if (!Number.isSafeInteger(time) || typeof id !== 'string') return undefined;
    const at = new Date(time);
    return Number.isNaN(at.getTime()) ? undefined : { at, id };
  } catch {
    return undefined;
  }
}
