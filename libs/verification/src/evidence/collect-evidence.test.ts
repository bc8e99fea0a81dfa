import { describe, expect, it } from 'vitest';
import {
  activityIri,
  actorIri,
  actorText,
  emptySha3,
  makeSignedActivity,
  withWebCrypto,
} from '../testing/signed-activity.ts';
import { verifyActivity } from '../verify-activity.ts';
import type { Answer, Ask } from './ask.ts';
import { collectEvidence } from './collect-evidence.ts';

const server = 'https://art.example';
const object = `${server}/objects/${emptySha3}`;
const asset = `${server}/registry/empty`;
const text = await makeSignedActivity();

type Site = Readonly<Record<string, Partial<Answer>>>;
const site: Site = {
  [actorIri]: { text: actorText },
  [object]: {
    text: JSON.stringify({ attributedTo: actorIri }),
    link: `<${server}/x>; rel="alternate", <${activityIri}>; rel="via"`,
  },
};
/** Answers from a map of addresses and keeps which were asked. */
function visit(pages: Site) {
  const asked: string[] = [];
  const ask: Ask = async (url) => {
    asked.push(url);
    const page = pages[url];
    if (!page) return { failed: 'no answer' };
    return { status: 200, text: '', url, ...page };
  };
  return { ask, asked };
}

async function judge(pages: Site, base = server) {
  const evidence = await collectEvidence(text, { ask: visit(pages).ask, server: base });
  const { verdict, observed } = await verifyActivity(evidence, withWebCrypto);
  const reasons = Object.fromEntries(observed.steps.map(({ name, reason }) => [name, reason]));
  return { verdict, ...reasons };
}

describe('collectEvidence', () => {
  it('asks for the actor and the hash, and no more', async () => {
    const { ask, asked } = visit(site);
    await collectEvidence(text, { ask, server });
    expect(asked.sort()).toEqual([object, actorIri].sort());
  });

  it('finds all that a claim needs', async () => {
    expect(await judge(site)).toMatchObject({
      verdict: 'holds',
      'key-owner': 'owner-checked-server',
      'earliest-claim': 'is-earliest',
      'not-withdrawn': 'stands',
    });
  });

  it('asks no registry about the claim of another server', async () => {
    expect(await judge(site, 'https://other.example')).toMatchObject({
      verdict: 'holds',
      'key-owner': 'owner-other-server',
      'earliest-claim': 'registry-not-asked',
    });
  });

  it('asks for the asset where another claim came first', async () => {
    const later = { [object]: { text: JSON.stringify({ attributedTo: actorIri }) } };
    const listed = (state: string) => ({
      [asset]: { text: JSON.stringify({ activity_id: '1', state }) },
    });
    expect(await judge({ ...site, ...later, ...listed('signed') })).toMatchObject({
      verdict: 'holds',
      'earliest-claim': 'same-owner',
    });
    expect(await judge({ ...site, ...later, ...listed('withdrawn') })).toMatchObject({
      verdict: 'contested-or-withdrawn',
      'not-withdrawn': 'withdrawn',
    });
    expect(await judge({ ...site, ...later })).toMatchObject({
      verdict: 'cannot-tell',
      'not-withdrawn': 'standing-unknown',
    });
  });

  it.each([
    [404, 'cannot-tell', 'hash-unknown'],
    [410, 'contested-or-withdrawn', 'all-withdrawn'],
    [503, 'cannot-tell', 'registry-unreachable'],
  ])('reads %i about a hash', async (status, verdict, reason) => {
    expect(await judge({ ...site, [object]: { status } })).toMatchObject({
      verdict,
      'earliest-claim': reason,
    });
  });

  it('takes no key from a server that the actor led to', async () => {
    const moved = { text: actorText, url: 'https://evil.example/users/ada' };
    expect(await judge({ ...site, [actorIri]: moved })).toMatchObject({
      verdict: 'cannot-tell',
      signature: 'key-missing',
    });
  });

  it('cannot tell while nobody answers', async () => {
    expect(await judge({})).toMatchObject({ verdict: 'cannot-tell', signature: 'key-missing' });
  });
});
