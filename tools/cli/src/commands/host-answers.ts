import { AppError } from '@artdag/errors';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Time = orNull(Type.String());

/** What a gateway tells of a host. */
export const HostAnswer = Type.Object({
  host: Type.String(),
  rule: orNull(Type.String()),
  paused_at: Time,
  breaker: Type.Object({ state: Type.String(), open_until: Time, failures: Type.Integer() }),
  backlog: Type.Object({ pending: Type.Integer(), oldest_at: Time }),
  last_success_at: Time,
  last_error_at: Time,
  last_error: orNull(Type.String()),
});

/** A host as a gateway tells of it. */
export type HostAnswer = Static<typeof HostAnswer>;

/** A page of hosts. */
export const HostPage = Type.Object({
  hosts: Type.Array(HostAnswer),
  next: orNull(Type.String()),
});

/** What an act has done. */
export const ActAnswer = Type.Object({
  host: Type.String(),
  action: Type.String(),
  deliveries: Type.Integer(),
});

/** An answer that has the form that is expected of a gateway. */
export function parseAnswer<S extends TSchema>(schema: S, answer: unknown): Static<S> {
  if (Value.Check(schema, answer)) return answer;
  throw new AppError('internal', 'The answer is not one of an Art DAG L2: check ARTDAG_URL.');
}
