import { html } from 'hono/html';
import type { Html } from '../shell/page.ts';

/** The words of the pages for whoever is logged in, in English. */
export const accountWords = {
  nav: 'Your account',
  sections: {
    me: 'Your works',
    register: 'Register a work',
    tokens: 'Tokens',
    sessions: 'Sessions',
    settings: 'Settings',
    export: 'Export',
  },
  me: {
    title: 'Your works',
    none: 'You have no works yet. A work is a name for the hash of a file, with a claim that is signed in your name.',
    first: 'Register a work',
    pending: (count: number) => `${count} claims wait for their signature.`,
    notSigned: (count: number) =>
      `${count} claims could not be signed. An operator sees them and can try again.`,
    followers: (count: number) => `Followers: ${count}`,
    noFollowers: 'Nobody follows you yet. Your page tells others how to.',
    page: 'Your page, as others see it',
    undelivered: 'What did not arrive',
    arrived: 'All of your latest activities have arrived, or are on their way.',
    failed: (type: string, count: number, hosts: Html) =>
      html`${type}: ${count} inboxes did not take it (${hosts}). It will not be tried again unless an operator does so.`,
    manage: 'Manage',
  },
  work: {
    withdraw: 'Withdraw the claim',
    question:
      'Withdraw this claim? Everybody is told that you take it back. The signed claim cannot be unsaid, and the name stays taken.',
    see: 'See its page',
    back: 'Back to your works',
    cannot: 'There is no signed claim that could be withdrawn.',
  },
  register: {
    title: 'Register a work',
    lead: 'The file stays with you. Only its hash is registered, and a claim on that hash is signed in your name.',
    file: 'File; it is hashed here, in your browser, and not sent',
    hash: 'SHA3-256 of the file',
    hashHow: 'Without scripts, compute it and paste it:',
    name: 'Name',
    type: 'Type, such as image, video, audio or recipe',
    tags: 'Tags, with commas between them',
    url: 'Address of the work, if it has one',
    metadata: 'Metadata, as a JSON object',
    preview: 'Show what will be signed',
    previewTitle: 'This will be signed',
    previewLead:
      'This statement is signed in your name and sent to your followers. Its id and time are filled in when you register.',
    sign: 'Sign and register',
    change: 'Change something',
    statement: 'The statement',
  },
  tokens: {
    title: 'Tokens',
    lead: 'Tokens that programs and L1 servers have from you. Whoever has one acts in your name.',
    none: 'You have no token that is for an L1 server.',
    l1: 'For',
    knownTo: 'Known to',
  },
  sessions: {
    title: 'Sessions',
    lead: 'Browsers and programs that are logged in as you.',
    none: 'No session is listed.',
    current: 'this one',
    all: 'Log out everywhere',
  },
  issued: 'Since',
  used: 'Last used, within an hour',
  expires: 'Until',
  revoke: 'End it',
  act: 'Act',
  id: 'Id',
  settings: {
    title: 'Settings',
    displayName: 'Display name',
    summary: 'About you, in plain text',
    save: 'Save',
    told: 'Your followers are told of the change.',
  },
};
