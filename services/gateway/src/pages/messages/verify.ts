/** The page for verifying, in English. */
export const verifyWords = {
  title: 'Verify a claim',
  lead: 'A claim proves who said it and when. It does not prove who made the work. Do not take this server’s word for it: a file stays with you, an activity is checked in your browser, and the commands below check both without this page.',
  byFile: 'By the file',
  fileNote:
    'The file is hashed in your browser. Its hash leaves it, 64 characters; the file does not.',
  chooseFile: 'Choose a file, or drop it here',
  byHash: 'By its hash',
  hash: 'SHA3-256 of a file, or another hash that a claim names',
  showClaims: 'Show who claims it',
  noHash: 'This is not a hash that a claim can name.',
  byActivity: 'By the signed activity',
  activity: 'The activity, exactly as it was signed',
  ownKey: 'Check it by a key of your own',
  key: 'The actor’s document or his public key (PEM), from where you trust it. Without it the document is asked of this server.',
  check: 'Check',
  result: 'Result',
  withoutPage: 'Without this page',
  commandLine:
    'The command line of this software checks the same steps and says the same about them; it runs on your machine and need not be ours.',
  offLine: 'Off line, with an activity and an actor that you saved before:',
  hashAlone: 'The hash alone, with a tool that most machines have:',
} as const;
