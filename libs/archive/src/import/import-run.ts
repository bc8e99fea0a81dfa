import type { Archive } from '../archive-files.ts';
import type { ClaimIndex } from './claim-index.ts';
import type { ImportOptions } from './import-options.ts';
import type { Reporter } from './import-report.ts';
import type { PublicKeyFinder } from './public-keys.ts';

/** One import while it runs. */
export interface ImportRun extends ImportOptions {
  readonly archive: Archive;
  readonly reporter: Reporter;
  /** Claims that were seen in the activities, for the assets that come after them. */
  readonly claims: ClaimIndex;
  readonly publicKeys: PublicKeyFinder;
}
