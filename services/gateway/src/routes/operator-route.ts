import type { TSchema } from 'typebox';
import { LOGGED_IN, Problem } from './schemas.ts';

/** What a route takes beside its path. */
interface Taken {
  readonly params?: TSchema;
  readonly querystring?: TSchema;
  readonly body?: TSchema;
}

/** The schema of a route for operators: what it is for, what it answers and what it takes. */
export function operatorRoute<A extends TSchema, T extends Taken>(
  summary: string,
  answer: A,
  taken: T,
) {
  return {
    ...taken,
    summary,
    security: LOGGED_IN,
    response: { 200: answer, '4xx': Problem },
  };
}
