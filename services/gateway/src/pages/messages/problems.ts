import type { ErrorCode } from '@artdag/errors';

/** What a person reads of a problem beside what happened. */
export interface ProblemWords {
  readonly title: string;
  /** What is likely behind it. */
  readonly reason: string;
  /** What to do next. */
  readonly next: string;
}

const ours: Pick<ProblemWords, 'reason' | 'next'> = {
  reason: 'Something on this server is wrong. It is not your doing.',
  next: 'Try again later. If it stays, tell the operator the number of the request below.',
};

/** {@link ProblemWords} by code, in English. */
export const problems: Readonly<Partial<Record<ErrorCode, ProblemWords>>> = {
  'malformed-request': {
    title: 'This server cannot read the request',
    reason: 'The address was cut or changed on its way, or a program made it wrongly.',
    next: 'Check the address, or begin at the home page.',
  },
  unauthenticated: {
    title: 'Log in first',
    reason: 'You are not logged in, or your session has ended.',
    next: 'Log in and come back.',
  },
  'wrong-credentials': {
    title: 'Wrong user name or password',
    reason: 'One of the two has a slip.',
    next: 'Try again. An operator can make a link for a new password.',
  },
  forbidden: {
    title: 'You may not do this',
    reason: 'It is for others, or it was not sent from a page of this server.',
    next: 'Go back to the page with the form and send it from there.',
  },
  'not-found': {
    title: 'There is nothing here',
    reason: 'The name, hash or id has a slip, or it was never registered on this server.',
    next: 'Search for it above, or look through the works.',
  },
  'method-not-allowed': {
    title: 'This address does not take that',
    reason: 'A program used the wrong method.',
    next: 'The interface for programs tells which methods there are.',
  },
  'not-acceptable': {
    title: 'Not in this form',
    reason: 'The form that was asked for is not offered.',
    next: 'Leave “format” out of the address.',
  },
  conflict: {
    title: 'It is taken, or it has changed',
    reason: 'Somebody was first.',
    next: 'Look at what is there now, and choose another name where one is needed.',
  },
  gone: {
    title: 'It was taken back',
    reason: 'Its owner withdrew it.',
    next: 'The activities of this server show when.',
  },
  'too-large': {
    title: 'Too large',
    reason: 'What was sent has more bytes than this server takes.',
    next: 'Send less.',
  },
  'uri-too-long': {
    title: 'The address is too long',
    reason: 'The address has more characters than this server reads.',
    next: 'Shorten it.',
  },
  'unsupported-media-type': {
    title: 'This server does not take that type',
    reason: 'What was sent has a type that is not expected here.',
    next: 'The interface for programs tells which types there are.',
  },
  'validation-failed': {
    title: 'Something in the request is not as expected',
    reason: 'A field has a slip, or a link to a page of a list is old.',
    next: 'Correct what is named above.',
  },
  'rate-limited': {
    title: 'Too many requests',
    reason: 'Your address has asked for more than others may.',
    next: 'Wait a little and try again.',
  },
  'headers-too-large': {
    title: 'Too many header fields',
    reason: 'The cookies of your browser for this server have grown too large.',
    next: 'Clear them and try again.',
  },
  internal: { title: 'Something went wrong', ...ours },
  unavailable: {
    title: 'Not available just now',
    reason: 'A part of this server is away or being started again.',
    next: 'Try again in a few seconds.',
  },
  'settings-invalid': { title: 'The settings of this server are wrong', ...ours },
  'start-failed': { title: 'This server cannot start', ...ours },
  'key-exists': { title: 'The keys exist already', ...ours },
  'key-missing': { title: 'A key is missing', ...ours },
  'key-unusable': { title: 'A key cannot be used', ...ours },
  'signature-mismatch': { title: 'A signature does not verify', ...ours },
  'run-failed': {
    title: 'The run has no output',
    reason: 'The L1 says that the run failed, or that it made nothing.',
    next: 'Look at the run on its L1, and run it again there.',
  },
  'run-unfinished': {
    title: 'The run is not finished',
    reason: 'The L1 is still at work on it.',
    next: 'Wait until it is done; it is registered then.',
  },
  'l1-unusable': {
    title: 'The L1 gave no usable answer',
    reason: 'The L1 is down, or is not what it should be.',
    next: 'Try again later, or ask the operator of the L1.',
  },
  'l1-slow': {
    title: 'The L1 did not answer in time',
    reason: 'The L1 is busy.',
    next: 'Try again later.',
  },
  'json-invalid': {
    title: 'Not valid JSON',
    reason: 'What was sent, or what another server answered, is no JSON.',
    next: 'Correct it and send it again.',
  },
  'payload-invalid': { title: 'A job carries a wrong payload', ...ours },
};
