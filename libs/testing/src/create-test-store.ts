import { randomUUID } from 'node:crypto';
import { connectStore, type Store } from '@artdag/store';

/** The URL of a database that nobody else uses, on the server of `mongodbUrl`. */
export function createTestDatabaseUrl(mongodbUrl: string): string {
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  return mongodbUrl.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/${database}`);
}

/** A store over a database of its own. */
export function createTestStore(mongodbUrl: string): Promise<Store> {
  return connectStore(createTestDatabaseUrl(mongodbUrl));
}
