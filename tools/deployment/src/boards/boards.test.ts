import { expect, test } from 'vitest';
import { boards } from './boards.ts';
import { renderBoard } from './render-board.ts';

const rendered = Object.entries(boards).map(([name, board]) => ({
  name,
  document: JSON.parse(renderBoard(board)),
}));

interface Area {
  readonly gridPos: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
}

function overlap({ gridPos: a }: Area, { gridPos: b }: Area): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

test('the overview has twelve panels', () => {
  expect(boards['overview']?.panels).toHaveLength(12);
});

test.each(rendered)(
  '$name has panels side by side, each with a text and a choice of source',
  ({ document }) => {
    const { panels } = document;
    const ids = panels.map(({ id }: { id: number }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const panel of panels) {
      const { x, w } = panel.gridPos;
      expect(x + w).toBeLessThanOrEqual(24);
      const others = panels.filter((other: { id: number }) => other.id !== panel.id);
      expect(others.filter((other: Area) => overlap(panel, other))).toEqual([]);
      if (panel.type === 'text') continue;
      expect(panel.description).toMatch(/\.$/);
      expect(panel.datasource.uid).toBe('$datasource');
      const refs = panel.targets.map(({ refId }: { refId: string }) => refId);
      expect(new Set(refs).size).toBe(refs.length);
    }
  },
);

test('boards have addresses of their own that never change', () => {
  expect(rendered.map(({ document }) => document.uid)).toEqual([
    'artdag-overview',
    'artdag-queue',
    'artdag-peer',
  ]);
});
