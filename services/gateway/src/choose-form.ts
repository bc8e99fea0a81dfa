import type { FastifyRequest } from 'fastify';
import { negotiate, type Representation } from './negotiate.ts';

type Offers = readonly [Representation, ...Representation[]];

/** The form that `?format=` names if it is offered, else the one that `Accept` prefers. */
export function chooseForm(request: FastifyRequest, offers: Offers): Representation {
  const named = formatOf(request.query);
  return offers.find((offer) => offer === named) ?? negotiate(request.headers.accept, offers);
}

function formatOf(query: unknown): unknown {
  return typeof query === 'object' && query !== null ? Reflect.get(query, 'format') : undefined;
}
