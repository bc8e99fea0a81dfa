import type { InboxLoad } from '../faults/inbox-load.ts';
import { type RegistrationLoad, startLoad } from '../faults/registration-load.ts';
import type { Scene } from './start-scene.ts';

/** What clients and peers ask for, all the time, whatever the answers. */
export interface Loads {
  readonly registrations: RegistrationLoad;
  readonly follows: InboxLoad;
  /** Begins no more, and waits for the last answers. */
  finish(): Promise<void>;
}

/** How often each load begins something, per second. */
export interface Rates {
  readonly registrations: number;
  /** Works of an author with followers, each delivered to all of them. */
  readonly publications: number;
}

/** Starts all loads. */
export async function startLoads({ federation }: Scene, rates: Rates): Promise<Loads> {
  const { author, constellation } = federation;
  const [first, ...others] = constellation.gateways.map(({ url }) => url);
  const follows = await federation.startFollows('ada');
  const registrations = await startLoad([first ?? '', ...others], rates.registrations);
  const publications: Promise<void>[] = [];
  const timer = setInterval(() => publications.push(author.publish(1)), 1000 / rates.publications);
  return {
    registrations,
    follows,
    async finish() {
      clearInterval(timer);
      await Promise.all([registrations.finish(), follows.finish(), ...publications]);
    },
  };
}
