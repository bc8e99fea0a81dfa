import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { describeSettings } from './describe-settings.ts';

const schema = Type.Object({
  PORT: Type.Integer({ default: 8200, description: 'A port.' }),
  HOSTS: Type.String({ default: '' }),
  URL: Type.Optional(Type.String()),
  PASSWORD: Type.Optional(Type.String({ secret: true })),
});

test('a setting is told with where it comes from, a secret by its name alone', () => {
  const env = { PORT: ' 9000 ', URL: 'http://ada:pass@l1.example/x', PASSWORD: 'hunter2' };
  const settings = describeSettings(schema, env);
  expect(settings).toMatchObject([
    { name: 'PORT', value: '9000', source: 'environment', description: 'A port.' },
    { name: 'HOSTS', value: undefined, source: 'unset' },
    { name: 'URL', value: 'http://…@l1.example/x', source: 'environment' },
    { name: 'PASSWORD', value: undefined, source: 'environment', isSecret: true },
  ]);
  expect(JSON.stringify(settings)).not.toMatch(/hunter2|pass@/);
  expect(describeSettings(schema, { PORT: ' ' })[0]).toMatchObject({
    value: '8200',
    source: 'default',
  });
});
