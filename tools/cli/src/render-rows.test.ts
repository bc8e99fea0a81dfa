import { expect, test } from 'vitest';
import { renderRows } from './render-rows.ts';

const rows = {
  header: ['HOST', 'RULE', 'WAITING'],
  rows: [
    ['peer.example', 'blocked', 12],
    ['b.example', null, 0],
  ],
};

test('people get aligned columns under a header', () => {
  expect(renderRows(rows, true)).toBe(
    'HOST          RULE     WAITING\npeer.example  blocked  12\nb.example     -        0\n',
  );
});

test('programs get tab-separated values and nothing else', () => {
  expect(renderRows(rows, false)).toBe('peer.example\tblocked\t12\nb.example\t\t0\n');
});

test('what a peer says can neither steer the terminal nor break a row', () => {
  const said = { header: ['ERROR'], rows: [['\u001b[2J\u001b[31mred\u001b[0m\ta\nb\u0007']] };
  expect(renderRows(said, false)).toBe('red a b \n');
});
