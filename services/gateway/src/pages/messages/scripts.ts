/** What the scripts of pages say, in English. They are bundled with it. */
export const scriptWords = {
  copy: 'Copy',
  copied: 'Copied',
  cannotCopy: 'Select the text to copy it',
  reading: (name: string, percent: number) => `Reading ${name}: ${percent} %`,
  unreadable: (name: string) => `${name} cannot be read.`,
  fileHash: (name: string) => `SHA3-256 of ${name}:`,
  noClaim: 'This server knows no signed claim on this hash.',
  withdrawn: 'Every claim on this hash was withdrawn.',
  noAnswer: 'This server gave no answer. Try again, or use the command line.',
  wrongDigest:
    'It knows a claim on the SHA-256 of this file, though: right file, wrong algorithm. The check below is against that claim.',
  notHere: 'this page asks this server only; give the document of the actor.',
  checking: 'Checking…',
  idLater: '(chosen when you register)',
  timeLater: '(the time of registration)',
  answers: {
    holds: 'Holds',
    fails: 'Fails',
    'cannot-tell': 'Cannot tell',
    'not-asked': 'Not asked',
  },
  proves: 'It proves:',
  wouldProve: 'Where it holds, it proves:',
  doesNotProve: 'It does not prove:',
  asJson: 'The report as JSON, as artdag-l2 verify --json gives it',
} as const;
