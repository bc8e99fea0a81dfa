import type { TObject } from 'typebox';
import type { Environment } from './read-settings.ts';

/** A setting as it is in force, and where that comes from. */
export interface EffectiveSetting {
  readonly name: string;
  /** Nothing where it is a secret, or has no value. */
  readonly value: string | undefined;
  readonly source: SettingSource;
  readonly isSecret: boolean;
  readonly description: string;
}

/** `derived`: from another setting; `start`: made when the process started; `unset`: there is none. */
export type SettingSource = 'environment' | 'file' | 'default' | 'derived' | 'start' | 'unset';

const USER_INFO = /\/\/[^/@\s]*@/g;

/** The settings of `schema` as `env` gives them. No secret is in it, nor who logs in at a URL. */
export function describeSettings(schema: TObject, env: Environment): EffectiveSetting[] {
  return Object.entries(schema.properties).map(([name, property]) => {
    const given = env[name]?.trim() || undefined;
    const fallback = textOf(Reflect.get(property, 'default'));
    const isSecret = Reflect.get(property, 'secret') === true;
    const value = given ?? fallback;
    return {
      name,
      value: isSecret ? undefined : value?.replaceAll(USER_INFO, '//…@'),
      source: given !== undefined ? 'environment' : fallback !== undefined ? 'default' : 'unset',
      isSecret,
      description: textOf(Reflect.get(property, 'description')) ?? '',
    };
  });
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}
