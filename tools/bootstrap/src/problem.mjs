/** What stops the bootstrap: one sentence that says what to do. */
export class Problem extends Error {
  name = 'Problem';
}
