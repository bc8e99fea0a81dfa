import { html } from 'hono/html';

/** Why a form was refused, where it was. */
export function renderProblem(problem: string | undefined) {
  return problem === undefined ? '' : html`<p role="alert">${problem}</p>`;
}
