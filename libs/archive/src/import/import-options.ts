import type { Iris } from '@artdag/activitypub';
import type { Store } from '@artdag/store';
import type { RecordOutcome } from './import-report.ts';

/** What an import works with. */
export interface ImportOptions {
  /** The data directory that is imported; nothing in it is changed. */
  readonly directory: string;
  readonly store: Pick<Store, 'documents' | 'activities' | 'backup'>;
  /** Where this server's key files are. */
  readonly keyDirectory: string;
  readonly iris: Iris;
  /** Owner of what names none, as the original has one user. */
  readonly firstUser: string;
  /** Only find out what an import would do. */
  readonly isDryRun: boolean;
  /** Serve repaired activities in the form that verifies, and keep the other beside it. */
  readonly withRepairs: boolean;
  /** Told of every record, in the order of the files. */
  readonly onRecord?: (record: RecordOutcome) => void;
  /** Told how far it is: records done, and all there are. */
  readonly onProgress?: (done: number, total: number) => void;
}
