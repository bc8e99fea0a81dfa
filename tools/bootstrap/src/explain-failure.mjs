/** What to do about an installer's failure, from the error codes that it wrote. */
export function explainFailure(what, { errno, output }, logFile) {
  const codes = new Set(output.match(/\b[A-Z_]{5,}\b/g) ?? []);
  const has = (...names) => names.find((name) => codes.has(name));
  const details = `the details are in ${logFile}`;
  if (errno === 'ENOENT') {
    return `npm is not found: install Node.js together with npm from https://nodejs.org, then run this again.`;
  }
  if (has('ENOSPC', 'EDQUOT')) {
    return `${what} could not be installed because the disk is full: free about 1 GB, then run this again (${details}).`;
  }
  if (has('EACCES', 'EPERM', 'EROFS')) {
    return `${what} could not be installed because a folder cannot be written: make it writable or set ARTDAG_CACHE to another, then run this again (${details}).`;
  }
  const network = has(
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'ENETUNREACH',
    'EHOSTUNREACH',
    'ENOTCACHED',
  );
  if (network) {
    return `${what} could not be downloaded (${network}): check the network connection, then run this again (${details}).`;
  }
  const certificate = [...codes].find((code) => /_CERT|CERT_/.test(code));
  if (certificate) {
    return `${what} could not be downloaded (${certificate}): set NODE_EXTRA_CA_CERTS to the file with your network's certificate, then run this again (${details}).`;
  }
  return `${what} could not be installed: ${details}; mend what it names, then run this again.`;
}
