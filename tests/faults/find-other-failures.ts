import type { Registration } from './register.ts';

/** What clients were told in the fault: no other failure than a 503 that says when to come again. */
export function findOtherFailures(registrations: readonly Registration[]): string[] {
  return registrations.flatMap(({ name, attempts }) =>
    attempts
      .filter(({ status, retryAfter }) => {
        if (status === 503) return retryAfter === null;
        return status !== 200 && status !== 202;
      })
      .map(({ status }) => `${name}: ${status}`),
  );
}
