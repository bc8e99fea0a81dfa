import type { RunCheck } from '@artdag/registry';
import type { FailureRecord, OutboxDocument } from './documents.ts';

/** Something that a run has read. */
export interface RunInput {
  readonly name?: string;
  readonly contentHash: string;
}

/** What a finished run has made, as its L1 told it. */
export interface RunResult {
  readonly recipe?: string;
  readonly inputs: readonly RunInput[];
  readonly outputHash: string;
  readonly assetType: string;
  /** JSON text of an object: what the L1 said of the run, in its own words. */
  readonly provenance: string;
  readonly readAt: Date;
}

/** Why a run is not registered, in terms of the catalog of errors. */
export interface RunProblem {
  readonly code: string;
  readonly detail: string;
  readonly at: Date;
}

/** `runs`: the wish to register what a run has made; `_id` is a SHA-256 of user, L1, run and output name. */
export interface RunDocument extends OutboxDocument {
  readonly owner: string;
  /** Base URL of the L1, as it is configured. */
  readonly l1Server: string;
  /** Host and port of the L1. */
  readonly host: string;
  readonly runId: string;
  readonly outputName: string;
  /** Id of the Create that claims the output. */
  readonly activityId: string;
  /** Where the L1 wants to hear of the end. */
  readonly callbackUrl?: string;
  readonly requestedAt: Date;
  readonly state: 'requested' | 'registered' | 'failed';
  /** Times that the L1 was asked since `requestedAt`. */
  readonly attempts: number;
  /** When the L1 is asked next. */
  readonly nextAt: Date;
  /** Why the last try did not end it, or why it has failed. */
  readonly problem?: RunProblem;
  /** Written once: what the L1 says later changes nothing. */
  readonly result?: RunResult;
  readonly endedAt?: Date;
  /** What its L1 said when it was asked again. */
  readonly check?: RunCheck;
  /** Tries to tell the L1 of the end. */
  readonly reportTries?: number;
  readonly reportedAt?: Date;
  readonly failure?: FailureRecord;
}

/** `l1_servers`: how talking with an L1 has gone; `_id` is its base URL. */
export interface L1ServerDocument {
  readonly _id: string;
  /** Failures in a row. */
  readonly failures: number;
  /** The breaker is open until then. */
  readonly openUntil?: Date;
  readonly lastSuccessAt?: Date;
  readonly lastErrorAt?: Date;
  readonly lastError?: string;
}
