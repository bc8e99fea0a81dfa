import type { Iris } from '@artdag/activitypub';
import type { Completions, Producer, QueueInspector } from '@artdag/queues';
import type { HealthCheck, Logger, Registry, Tracing } from '@artdag/runtime';
import type { Store } from '@artdag/store';
import type { EddsaKeys } from './auth/eddsa-keys.ts';
import type { TokenKeys } from './auth/token-keys.ts';
import type { Tokens } from './auth/tokens.ts';
import type { NamedFailureGroup } from './commands/failure-groups.ts';
import type { PatientCount } from './commands/patient-count.ts';
import type { GatewayConfig } from './config.ts';
import type { Inbox } from './inbox/create-inbox.ts';

/** What the gateway's routes and commands work with. */
export interface GatewayContext {
  readonly config: GatewayConfig;
  readonly store: Store;
  readonly producer: Producer;
  readonly inspector: QueueInspector;
  /** What was given up, for pages that do not wait for a long count. */
  readonly failureCount: PatientCount<readonly NamedFailureGroup[]>;
  /** Hears of signed activities, of new keys, and of actors and objects that were looked for. */
  readonly completions: {
    readonly signActivity: Completions;
    readonly createKeys: Completions;
    readonly resolveActor: Completions;
    readonly resolveObject: Completions;
    readonly recordRun: Completions;
  };
  readonly inbox: Inbox;
  readonly tokens: Tokens;
  readonly tokenKeys: TokenKeys | EddsaKeys;
  readonly iris: Iris;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly tracing: Tracing | undefined;
  readonly checks: readonly HealthCheck[];
  readonly now: () => Date;
}
