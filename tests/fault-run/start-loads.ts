import type { InboxLoad } from '../faults/inbox-load.ts';
import { type RegistrationLoad, startLoad } from '../faults/registration-load.ts';
import { type RunLoad, startRunLoad } from '../faults/run-load.ts';
import type { Scene } from './start-scene.ts';

/** What clients and peers ask for, all the time, whatever the answers. */
export interface Loads {
  readonly registrations: RegistrationLoad;
  readonly follows: InboxLoad;
  readonly runs: RunLoad;
  /** Begins no more, and waits for the last answers. */
  finish(): Promise<void>;
}

/** How often each load begins something, per second. */
export interface Rates {
  readonly registrations: number;
  /** Works of an author with followers, each delivered to all of them. */
  readonly publications: number;
  /** Posts of a peer to the inbox of a user. */
  readonly follows: number;
  /** Runs of an L1 that are to be registered. */
  readonly runs: number;
}

/** Starts all loads. */
export async function startLoads({ federation, l1 }: Scene, rates: Rates): Promise<Loads> {
  const { author, constellation } = federation;
  const [{ url: first }, ...others] = constellation.gateways;
  const urls = [first, ...others.map(({ url }) => url)] as const;
  const follows = await federation.startFollows('ada', rates.follows);
  const registrations = await startLoad(urls, rates.registrations);
  const runs = await startRunLoad(urls, l1, rates.runs);
  const publications: Promise<void>[] = [];
  const timer = setInterval(() => publications.push(author.publish(1)), 1000 / rates.publications);
  return {
    registrations,
    follows,
    runs,
    async finish() {
      clearInterval(timer);
      await Promise.all([registrations.finish(), follows.finish(), runs.finish(), ...publications]);
    },
  };
}
