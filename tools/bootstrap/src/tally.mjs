/** The last line of a test run. A file that does not load, or a run that breaks off, is a failure too. */
export function tally(report, exitCode) {
  const passed = report?.numPassedTests ?? 0;
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
  const broken = (report?.testResults ?? []).filter(isBroken).length;
  const counted = (report?.numFailedTests ?? 0) + broken;
  const failed = exitCode === 0 ? counted : Math.max(counted, 1);
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { line, hasFailed: failed > 0 };
}

function isBroken({ status, assertionResults }) {
  return status === 'failed' && !assertionResults.some((test) => test.status === 'failed');
}
