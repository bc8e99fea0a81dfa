import type { FoundProvenance } from '../../commands/find-provenance.ts';
import type { Work } from '../../commands/read-work.ts';

/** What the page of a work shows. */
export interface WorkView extends Work {
  /** What the work was made of. */
  readonly provenance: FoundProvenance;
  /** Whether activities are shown to everybody. */
  readonly showsActivities: boolean;
}
