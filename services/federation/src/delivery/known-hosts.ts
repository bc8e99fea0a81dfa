import type { HostExperience, RuledHost } from '@artdag/store';
import type { FederationContext } from '../context.ts';
import { createBriefCache } from './brief-cache.ts';

/** What is known of hosts, at most 2 s old: hundreds of deliveries a second share one question. */
export interface KnownHosts {
  find(host: string): Promise<RuledHost>;
  /**
   * Remembers what `decide` makes of what is known at this moment, so that of several tries at once
   * each counts; writes nothing where nothing is new.
   */
  learn(host: string, decide: (known: RuledHost) => HostExperience): Promise<void>;
  /** Takes the one try of a half-open breaker; false where another has it. */
  claimProbe(host: RuledHost, openUntil: Date, leaseUntil: Date): Promise<boolean>;
}

const TTL_MS = 2000;
const CAPACITY = 10_000;

/** {@link KnownHosts} over `store.hosts`. */
export function createKnownHosts({
  store,
  now,
}: Pick<FederationContext, 'store' | 'now'>): KnownHosts {
  const { hosts } = store;
  const cache = createBriefCache<RuledHost>((host) => hosts.findRuled(host), {
    ttlMs: TTL_MS,
    capacity: CAPACITY,
    now,
  });
  return {
    find: (host) => cache.get(host),
    async learn(host, decide) {
      let experience: HostExperience = {};
      await cache.update(host, (known) => {
        experience = decide(known);
        return { ...known, ...experience };
      });
      if (Object.keys(experience).length > 0) await hosts.learn(host, experience, now());
    },
    async claimProbe(host, openUntil, leaseUntil) {
      const isOurs = await hosts.claimProbe(host.host, openUntil, leaseUntil);
      cache.delete(host.host);
      return isOurs;
    },
  };
}
