import { createIris, type Iris } from '@artdag/activitypub';
import type { GatewayConfig } from '../../config.ts';
import { en, type Messages } from '../messages/en.ts';

/** What every page is made with: the words of a language, and how this server is called. */
export interface PageSetting {
  readonly m: Messages;
  readonly iris: Iris;
  readonly domain: string;
}

/** The setting of this server's pages. */
export function createPageSetting({
  publicUrl,
  domain,
}: Pick<GatewayConfig, 'publicUrl' | 'domain'>): PageSetting {
  return { m: en, iris: createIris(publicUrl), domain };
}
