import type { Work } from '../../commands/read-work.ts';

/** What the page of a work shows. */
export interface WorkView extends Work {
  /** Whether activities are shown to everybody. */
  readonly showsActivities: boolean;
}
