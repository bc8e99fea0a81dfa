import type { RunCheck } from '@artdag/registry';
import type { Collection, Filter, UpdateFilter } from 'mongodb';
import { documentId } from '../document-id.ts';
import type { OutboxEntry } from '../documents.ts';
import { createInsertGroup, type InsertResult } from '../insert-group.ts';
import { createOutbox, type Outbox } from '../outbox.ts';
import type { RunDocument, RunProblem, RunResult } from '../run-documents.ts';
import { createSetAside, type SetAside } from '../set-aside.ts';
import { createUpdateGroup } from '../update-group.ts';
import { createWriteGroup } from '../write-group.ts';

/** What names a run and the asset that is to come of it. */
export type RunName = Pick<RunDocument, 'owner' | 'l1Server' | 'runId' | 'outputName'>;

/** A wish to register what a run has made. */
export interface NewRun extends RunName {
  readonly activityId: string;
  readonly callbackUrl?: string;
  readonly requestedAt: Date;
}

/** Such a wish, and where it stands. */
export interface Run extends Omit<RunDocument, '_id' | 'outbox' | 'failure'> {
  readonly runKey: string;
}

/** A wish that ends, and whether its L1 wants to hear of that. */
export type EndedRun = Pick<Run, 'runKey' | 'callbackUrl'>;

/** The end of a wish that an L1 is told of: one that is wished anew ends anew. */
export type ReportedRun = Pick<Run, 'runKey' | 'endedAt'>;

/** How a try went that did not end it. */
export interface RunTry {
  readonly attempts: number;
  readonly problem: RunProblem;
  readonly nextAt: Date;
}

/** The runs that users want registered. */
export interface RunRepository {
  readonly outbox: Outbox;
  /** Id under which a wish is kept: the same wish has the same. */
  keyOf(name: RunName): string;
  /** Writes the wish with the promise to fulfil it; a second one changes nothing. */
  insert(run: NewRun): Promise<InsertResult>;
  /** Promises a wish again that has failed; whether it had. */
  restart(runKey: string, at: Date): Promise<boolean>;
  find(runKey: string): Promise<Run | undefined>;
  /** Keeps what the L1 said of the finished run, unless something is kept already. */
  keepResult(runKey: string, result: RunResult): Promise<void>;
  /** Notes a try that did not end it; the relay looks again at `nextAt`. */
  noteTry(runKey: string, made: RunTry): Promise<void>;
  /** The output is registered under the claim `activityId`. A second time changes nothing. */
  settle(run: EndedRun, activityId: string, at: Date): Promise<void>;
  /** It will never be registered; `isForOperators` where they are to see it. */
  fail(run: EndedRun, problem: RunProblem, isForOperators?: boolean): Promise<void>;
  /** The L1 has heard of this end. Of one that is not the last, nothing is noted any more. */
  settleReport(run: ReportedRun, at: Date): Promise<void>;
  /** A try to tell the L1 of the end has failed; the relay looks again at `until`. */
  postponeReport(run: ReportedRun, tries: number, until: Date): Promise<void>;
  /** The L1 will not hear of the end, for operators to see. */
  failReport(run: ReportedRun, reason: string, at: Date): Promise<void>;
  /** Notes what the L1 of a registered run said when it was asked again. */
  noteCheck(runKey: string, check: RunCheck): Promise<void>;
  /** Registered runs that have made one of these, the earliest first. */
  listByOutput(contentHashes: readonly string[], limit: number): Promise<Run[]>;
  /** All wishes about one run of an L1. */
  listByRun(l1Server: string, runId: string, limit: number): Promise<Run[]>;
}

const RECORD = 'record-run';
const REPORT = 'report-run';

/** Runs that could not be registered for a reason that operators can do something about. */
export function setAsideRuns(collection: Collection<RunDocument>): SetAside {
  return createSetAside(collection, {
    kinds: [RECORD],
    workId: '_id',
    hasHost: true,
    failed: { state: 'failed' },
    restored: (now) => ({ state: 'requested', requestedAt: now, nextAt: now, attempts: 0 }),
    forgotten: ['problem', 'endedAt'],
    dropped: () => ({ state: 'failed' }),
  });
}

/** Ends of runs that an L1 could not be told. */
export function setAsideRunReports(collection: Collection<RunDocument>): SetAside {
  return createSetAside(collection, {
    kinds: [REPORT],
    workId: '_id',
    hasHost: true,
    restored: () => ({ reportTries: 0 }),
  });
}

/** {@link RunRepository} over the collection `runs`. */
export function createRunRepository(collection: Collection<RunDocument>): RunRepository {
  const insert = createInsertGroup(collection);
  const update = createUpdateGroup(collection);
  const keyOf = ({ owner, l1Server, runId, outputName }: RunName) =>
    documentId(owner, l1Server, runId, outputName);
  // Jobs that run at once are read at once.
  const find = createWriteGroup<string, Run | undefined>(async (ids) => {
    const documents = await collection.find({ _id: { $in: [...ids] } }).toArray();
    const byId = new Map(documents.map((document) => [document._id, toRun(document)]));
    return ids.map((id) => ({ ok: true, value: byId.get(id) }));
  });
  const change = (filter: Filter<RunDocument>, changes: UpdateFilter<RunDocument>) =>
    update({ updateOne: { filter, update: changes } });
  const endOf = ({ runKey, endedAt }: ReportedRun): Filter<RunDocument> => ({
    _id: runKey,
    endedAt: endedAt ?? { $exists: false },
  });
  const postpone = (
    kind: string,
    run: Filter<RunDocument>,
    at: Date,
    fields: Partial<RunDocument>,
  ) =>
    update({
      updateOne: {
        filter: { ...run, outbox: { $elemMatch: { kind } } },
        update: { $set: { ...fields, 'outbox.$[entry].at': at } },
        arrayFilters: [{ 'entry.kind': kind }],
      },
    });

  /** Ends a wish and, where its L1 wants to hear of it, promises to say so: one write. */
  function end({ runKey, callbackUrl }: EndedRun, at: Date, fields: Partial<RunDocument>) {
    const report: OutboxEntry = { kind: REPORT, id: runKey, at };
    const outbox = callbackUrl === undefined ? [] : [report];
    return change(
      { _id: runKey, state: 'requested' },
      { $set: { ...fields, endedAt: at, outbox } },
    );
  }

  return {
    outbox: createOutbox(collection),
    keyOf,
    insert(run) {
      const runKey = keyOf(run);
      return insert({
        _id: runKey,
        ...run,
        host: new URL(run.l1Server).host,
        state: 'requested',
        attempts: 0,
        nextAt: run.requestedAt,
        outbox: [{ kind: RECORD, id: runKey, at: run.requestedAt }],
      });
    },
    async restart(runKey, at) {
      const result = await collection.updateOne(
        { _id: runKey, state: 'failed' },
        {
          $set: {
            state: 'requested',
            requestedAt: at,
            nextAt: at,
            attempts: 0,
            outbox: [{ kind: RECORD, id: runKey, at }],
          },
          $unset: { problem: 1, failure: 1, result: 1, endedAt: 1, reportedAt: 1, reportTries: 1 },
        },
      );
      return result.modifiedCount > 0;
    },
    find,
    keepResult: (runKey, result) =>
      change({ _id: runKey, state: 'requested', result: { $exists: false } }, { $set: { result } }),
    noteTry: (runKey, made) => postpone(RECORD, { _id: runKey }, made.nextAt, made),
    settle: (run, activityId, at) => end(run, at, { state: 'registered', activityId }),
    fail(run, problem, isForOperators = false) {
      const failure = {
        kind: RECORD,
        reason: `${problem.code}: ${problem.detail}`,
        at: problem.at,
      };
      return end(run, problem.at, {
        state: 'failed',
        problem,
        ...(isForOperators && { failure }),
      });
    },
    settleReport: (run, at) =>
      change(endOf(run), { $set: { reportedAt: at }, $pull: { outbox: { kind: REPORT } } }),
    postponeReport: (run, tries, until) =>
      postpone(REPORT, endOf(run), until, { reportTries: tries }),
    failReport: (run, reason, at) =>
      change(endOf(run), {
        $set: { failure: { kind: REPORT, reason, at } },
        $pull: { outbox: { kind: REPORT } },
      }),
    noteCheck: (runKey, check) => change({ _id: runKey, state: 'registered' }, { $set: { check } }),
    listByOutput: (contentHashes, limit) =>
      list({ state: 'registered', 'result.outputHash': { $in: [...contentHashes] } }, limit),
    listByRun: (l1Server, runId, limit) => list({ l1Server, runId }, limit),
  };

  async function list(filter: Filter<RunDocument>, limit: number): Promise<Run[]> {
    const documents = await collection
      .find(filter)
      .sort({ requestedAt: 1, _id: 1 })
      .limit(limit)
      .toArray();
    return documents.map(toRun);
  }
}

function toRun({ _id, outbox: _outbox, failure: _failure, ...run }: RunDocument): Run {
  return { runKey: _id, ...run };
}
