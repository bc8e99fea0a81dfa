import { JOB_STATES } from '@artdag/queues';
import { type TSchema, Type } from 'typebox';

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Time = orNull(Type.String({ description: 'ISO 8601, UTC' }));
const Next = orNull(Type.String({ description: 'The cursor of the next page' }));

export const JobStateName = Type.Enum(JOB_STATES);

export const QueueAnswer = Type.Object({
  name: Type.String(),
  state: Type.Enum(['paused', 'no workers', 'working', 'idle']),
  workers: Type.Integer({ description: 'Workers that are connected' }),
  waiting: Type.Integer(),
  active: Type.Integer(),
  delayed: Type.Integer(),
  completed: Type.Integer({ description: 'Ended jobs are kept for an hour, at most 1000' }),
  failed: Type.Integer({ description: 'Failed jobs are kept for a week, at most 10000' }),
  set_aside: Type.Integer({ description: 'Works that were given up: see /admin/failures' }),
  oldest_waiting_seconds: Type.Number(),
  completed_per_second: orNull(Type.Number()),
});

export const QueueList = Type.Object({ queues: Type.Array(QueueAnswer) });

const JobAnswer = Type.Object({
  job_id: Type.String(),
  work_id: orNull(Type.String({ description: 'Id of the document that the job is about' })),
  enqueued_at: Type.String(),
  due_at: Time,
  started_at: Time,
  ended_at: Time,
  attempts: Type.Integer(),
  max_attempts: Type.Integer(),
  stalls: Type.Integer({ description: 'Times that a process died or hung in it' }),
  failure_reason: orNull(Type.String()),
});

export const JobDetailAnswer = Type.Object({ ...JobAnswer.properties, state: Type.String() });

export const JobList = Type.Object({
  jobs: Type.Array(JobAnswer),
  total: Type.Integer(),
  next: Next,
});

export const ActAnswer = Type.Object({ queue: Type.String(), action: Type.String() });

export const JobActAnswer = Type.Object({ ...ActAnswer.properties, work_id: Type.String() });

const FailureAnswer = Type.Object({
  group_id: Type.String(),
  kind: Type.String({ description: 'Name of the queue' }),
  reason: Type.String(),
  host: orNull(Type.String()),
  count: Type.Integer(),
  oldest_at: Type.String(),
  latest_at: Type.String(),
});

export const FailureList = Type.Object({ failures: Type.Array(FailureAnswer) });

export const FailureDetail = Type.Object({
  ...FailureAnswer.properties,
  work_ids: Type.Array(Type.String(), { description: 'At most 100 of them' }),
});

export const FailureActAnswer = Type.Object({
  group_id: Type.String(),
  action: Type.String(),
  done: Type.Integer(),
  remaining: Type.Integer({ description: 'Do it again for these' }),
});

const UserAnswer = Type.Object({
  username: Type.String(),
  role: Type.Enum(['user', 'operator']),
  email: orNull(Type.String()),
  created_at: Type.String(),
  disabled_at: Time,
  has_password: Type.Boolean(),
  has_keys: Type.Boolean(),
});

export const UserList = Type.Object({ users: Type.Array(UserAnswer), next: Next });

export const PasswordLinkAnswer = Type.Object({
  username: Type.String(),
  password_link: Type.String({ description: 'Sets the password, once' }),
  expires_at: Type.String(),
});

export const UserActAnswer = Type.Object({ username: Type.String(), action: Type.String() });

export const CheckList = Type.Object({
  checks: Type.Array(
    Type.Object({
      check: Type.String(),
      state: Type.Enum(['ok', 'warning', 'failure', 'skipped']),
      finding: Type.String(),
      means: Type.String(),
      fix: orNull(Type.String()),
    }),
  ),
});
