import { overviewBoard } from './overview-board.ts';
import type { Board } from './panel.ts';
import { peerBoard } from './peer-board.ts';
import { queueBoard } from './queue-board.ts';

/** Every board, by the name of its file. */
export const boards: Readonly<Record<string, Board>> = {
  overview: overviewBoard,
  queue: queueBoard,
  peer: peerBoard,
};
