import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

test('writes one JSON document a line and hides secrets', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ role: 'gateway', level: 'info', destination });
  logger.info({ password: 'hunter2', headers: { authorization: 'Bearer hunter2' } }, 'seen');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('hunter2');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ role: 'gateway', msg: 'seen' });
});
