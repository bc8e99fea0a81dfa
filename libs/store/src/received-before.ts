import type { Position } from './cursor.ts';

/** Filter for what comes after a position in a list by `receivedAt`, from the newest to the oldest. */
export function receivedBefore(before: Position | undefined) {
  if (!before) return {};
  const { at, id } = before;
  return { $or: [{ receivedAt: { $lt: at } }, { receivedAt: at, _id: { $lt: id } }] };
}
