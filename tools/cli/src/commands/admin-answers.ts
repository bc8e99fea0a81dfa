import { type Static, type TSchema, Type } from 'typebox';

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Time = orNull(Type.String());

/** A queue as a gateway tells of it. */
export const QueueAnswer = Type.Object({
  name: Type.String(),
  state: Type.String(),
  workers: Type.Integer(),
  waiting: Type.Integer(),
  active: Type.Integer(),
  delayed: Type.Integer(),
  completed: Type.Integer(),
  failed: Type.Integer(),
  set_aside: Type.Integer(),
  oldest_waiting_seconds: Type.Number(),
  completed_per_second: orNull(Type.Number()),
});

/** Every queue. */
export const QueueList = Type.Object({ queues: Type.Array(QueueAnswer) });

const JobAnswer = Type.Object({
  job_id: Type.String(),
  work_id: orNull(Type.String()),
  enqueued_at: Type.String(),
  due_at: Time,
  started_at: Time,
  ended_at: Time,
  attempts: Type.Integer(),
  max_attempts: Type.Integer(),
  stalls: Type.Integer(),
  failure_reason: orNull(Type.String()),
});

/** A page of jobs. */
export const JobList = Type.Object({
  jobs: Type.Array(JobAnswer),
  total: Type.Integer(),
  next: orNull(Type.String()),
});

/** A job and where it stands. */
export const JobDetail = Type.Object({ ...JobAnswer.properties, state: Type.String() });

/** A group of failures. */
export const FailureAnswer = Type.Object({
  group_id: Type.String(),
  kind: Type.String(),
  reason: Type.String(),
  host: orNull(Type.String()),
  count: Type.Integer(),
  oldest_at: Type.String(),
  latest_at: Type.String(),
});

/** Every group of failures. */
export const FailureList = Type.Object({ failures: Type.Array(FailureAnswer) });

/** What an act on a group has done. */
export const FailureAct = Type.Object({ done: Type.Integer(), remaining: Type.Integer() });

/** A user as an operator sees him. */
export const UserAnswer = Type.Object({
  username: Type.String(),
  role: Type.String(),
  created_at: Type.String(),
  disabled_at: Time,
  has_password: Type.Boolean(),
  has_keys: Type.Boolean(),
});

/** A page of users. */
export const UserList = Type.Object({
  users: Type.Array(UserAnswer),
  next: orNull(Type.String()),
});

/** A link that sets a password. */
export const PasswordLink = Type.Object({
  username: Type.String(),
  password_link: Type.String(),
  expires_at: Type.String(),
});

/** A user as an operator sees him. */
export type UserAnswer = Static<typeof UserAnswer>;

/** A link that sets a password. */
export type PasswordLink = Static<typeof PasswordLink>;
