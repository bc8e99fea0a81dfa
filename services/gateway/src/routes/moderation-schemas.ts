import { type TSchema, Type } from 'typebox';

const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
const Time = orNull(Type.String({ description: 'ISO 8601, UTC' }));
const Next = orNull(Type.String({ description: 'The cursor of the next page' }));

/** Of a received activity, and of the report that it made. */
export const IdParams = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{64}$' }) });

export const HostAnswer = Type.Object({
  host: Type.String(),
  rule: orNull(Type.Enum(['blocked', 'allowed'])),
  paused_at: Time,
  breaker: Type.Object({
    state: Type.Enum(['open', 'closed']),
    open_until: Time,
    failures: Type.Integer(),
  }),
  backlog: Type.Object({ pending: Type.Integer(), oldest_at: Time }),
  signature_scheme: orNull(Type.String()),
  last_success_at: Time,
  last_error_at: Time,
  last_error: orNull(Type.String()),
});

export const HostPage = Type.Object({ hosts: Type.Array(HostAnswer), next: Next });

export const ModerationAnswer = Type.Object({
  host: Type.String(),
  action: Type.String(),
  deliveries: Type.Integer({ description: 'Deliveries that it touched' }),
});

export const AuditPage = Type.Object({
  entries: Type.Array(
    Type.Object({
      at: Type.String(),
      operator: Type.String(),
      action: Type.String(),
      target: Type.String(),
      deliveries: orNull(Type.Integer()),
    }),
  ),
  next: Next,
});

export const DeliveryPage = Type.Object({
  deliveries: Type.Array(
    Type.Object({
      inbox: Type.String(),
      host: Type.String(),
      state: Type.Enum(['pending', 'delivered', 'failed', 'dropped']),
      attempts: Type.Integer(),
      next_at: Time,
      ended_at: Time,
      last_status: orNull(Type.Integer()),
      last_error: orNull(Type.String()),
    }),
  ),
  next: Next,
});

const Received = {
  id: Type.String(),
  activity: Type.String({ description: 'Its IRI' }),
  type: Type.String(),
  actor: Type.String(),
  host: Type.String(),
  inbox_of: orNull(
    Type.String({ description: 'User whose inbox it came to; null: the shared one' }),
  ),
  received_at: Type.String(),
  failed_at: Type.String(),
  reason: Type.String(),
};

export const ReceivedPage = Type.Object({
  activities: Type.Array(Type.Object(Received)),
  next: Next,
});

export const ReceivedDetail = Type.Object({
  ...Received,
  body: Type.String({ description: 'The text that was signed' }),
});

export const ReplayAnswer = Type.Object({ id: Type.String(), state: Type.Enum(['received']) });

export const ReportAnswer = Type.Object({
  id: Type.String(),
  activity: Type.String({ description: 'IRI of the Flag' }),
  actor: Type.String({ description: 'Who complains' }),
  host: Type.String(),
  objects: Type.Array(Type.String(), { description: 'What is complained of' }),
  content: Type.String({ description: 'Text of a stranger, not to be shown as HTML' }),
  received_at: Type.String(),
  state: Type.Enum(['open', 'closed']),
});

export const ReportPage = Type.Object({ reports: Type.Array(ReportAnswer), next: Next });
