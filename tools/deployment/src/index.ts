export { boards } from './boards/boards.ts';
export type { Board } from './boards/panel.ts';
export { renderBoard } from './boards/render-board.ts';
export { findPrometheus } from './check/find-promtool.ts';
