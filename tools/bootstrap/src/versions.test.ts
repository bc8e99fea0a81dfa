import { expect, test } from 'vitest';
import { isAcceptedNode, pinnedNode } from './versions.mjs';

test.each([`v${pinnedNode}`, '24.21.5', 'v24.30.0'])('accepts Node.js %s', (version) => {
  expect(isAcceptedNode(version)).toBe(true);
});

test.each(['v20.20.2', 'v24.9.0', 'v24.20.9', 'v25.0.0', 'v26.10.0'])(
  'installs its own beside %s',
  (version) => {
    expect(isAcceptedNode(version)).toBe(false);
  },
);
