export function explainFailure(
  what: string,
  failure: { readonly errno?: string; readonly output: string },
  logFile: string,
): string;
