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

test('keeps the words of an error and not the documents that a driver puts into it', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ role: 'gateway', level: 'info', destination });
  const cause = new TypeError('the socket closed');
  const written = { writeErrors: [{ op: { passwordHash: 'hunter2' } }], code: 11_000 };
  logger.error({ err: Object.assign(new Error('the write failed', { cause }), written) }, 'failed');
  expect(lines[0]).not.toContain('hunter2');
  expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
    type: 'Error',
    message: 'the write failed',
    code: 11_000,
    causes: ['TypeError: the socket closed'],
  });
});
