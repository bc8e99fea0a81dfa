import { AppError, type Fault } from '@artdag/errors';
import type { Static, TObject, TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** Environment variables as Node gives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings that `schema` names from `env`.
 *
 * Keys are the variables' names. An empty or blank variable counts as unset; white space around a
 * value is dropped. Each property's `expected` annotation says in words what a right value is.
 *
 * @throws AppError `settings-invalid` with one fault per wrong setting; no fault holds a value.
 */
export function readSettings<S extends TObject>(schema: S, env: Environment): Static<S> {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(schema.properties)) {
    const text = env[name]?.trim();
    if (text) given[name] = parseText(text, schema.properties[name]);
  }
  const settings = Value.Default(schema, given);
  const faults = findFaults(schema, settings);
  if (faults.length > 0) throw settingsError(faults);
  return settings as Static<S>;
}

/** Only decimal digits are a number: what else JavaScript could read as one is a mistake here. */
function parseText(text: string, property: TSchema | undefined): string | number {
  const type = property && 'type' in property ? property.type : undefined;
  const isNumber =
    (type === 'integer' && /^-?[0-9]{1,15}$/.test(text)) ||
    (type === 'number' && /^-?[0-9]{1,9}(\.[0-9]{1,6})?$/.test(text));
  return isNumber ? Number(text) : text;
}

/** The error of a start that its settings prevent; `faults` name the setting and the expectation. */
export function settingsError(faults: readonly Fault[]): AppError {
  const lines = faults.map((fault) => `${fault.pointer}: expected ${fault.message}`);
  return new AppError('settings-invalid', lines.join('\n'), { faults });
}

function findFaults(schema: TObject, settings: unknown): Fault[] {
  const names = new Set<string>();
  for (const error of Value.Errors(schema, settings)) {
    const missing = error.keyword === 'required' ? error.params.requiredProperties : undefined;
    for (const name of missing ?? [error.instancePath.split('/')[1] ?? '']) names.add(name);
  }
  return [...names].map((name) => ({ pointer: name, message: expectationOf(schema, name) }));
}

function expectationOf(schema: TObject, name: string): string {
  const property = schema.properties[name];
  const expected = property && 'expected' in property ? property.expected : undefined;
  return typeof expected === 'string' ? expected : 'another value';
}
