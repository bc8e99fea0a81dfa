export { boards } from './boards/boards.ts';
export { renderBoard } from './boards/render-board.ts';
