import { expect, test } from 'vitest';
import { nameBottleneck } from './name-bottleneck.ts';

const cpu = (l1Sync: number, mongodb: number) => [
  { group: 'l1-sync', seconds: l1Sync },
  { group: 'mongodb', seconds: mongodb },
  { group: 'signer', seconds: 1 },
];

test.each([
  [
    { registering: 300, signing: 100 },
    cpu(9, 2),
    /^l1-sync: .* 300 ms .* 75 %.*l1-sync.*90 %.*none left/,
  ],
  [{ registering: 10, signing: 30 }, cpu(2, 9), /^signer: .* mongodb has used 90 % of a core/],
  [{ registering: 2, signing: 1 }, cpu(8.4, 8.4), /The 2 cores are in use/],
  [
    { registering: 2, signing: 1 },
    cpu(1, 3),
    /all together 25 % of the 2 cores: it waits for answers/,
  ],
])('%j and %j', (stages, used, expected) => {
  expect(nameBottleneck(stages, used, 10, 2)).toMatch(expected);
});
