import { createPublicKey } from 'node:crypto';
import {
  parseEd25519Multikey,
  parseLosslessJson,
  verifyEddsaJcs2022Proof,
  verifyRsaSignature2017,
} from '@artdag/signatures';
import { type Constellation, startConstellation, waitFor } from '@artdag/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Answer, get, post, signUp } from '../e2e/client.ts';

const PUBLIC_URL = 'https://art.test';

let constellation: Constellation;
let urls: string[];
let tokens: string[];
beforeAll(async () => {
  constellation = await startConstellation({
    mongodbUrl: inject('mongodbUrl'),
    redisUrl: inject('redisUrl'),
    gateways: 2,
    signers: 2,
  });
  urls = constellation.gateways.map((gateway) => gateway.url);
  tokens = await Promise.all(
    Array.from({ length: 32 }, (_, index) => signUp(urlOf(index), `user-${index}`)),
  );
});
afterAll(() => constellation[Symbol.asyncDispose]());

const urlOf = (index: number) => urls[index % urls.length] ?? '';
const asset = (name: string) => ({ name, content_hash: 'abc123...', asset_type: 'image' });

function register(index: number, body: object, headers: Record<string, string> = {}) {
  return fetch(`${urlOf(index)}/registry`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${tokens[index]}`,
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

async function expectVerifies(activityText: string, username: string) {
  const { json: actor } = await get(`${urlOf(0)}/users/${username}`);
  const activity = parseLosslessJson(activityText);
  expect(verifyRsaSignature2017(activity, createPublicKey(actor.publicKey.publicKeyPem))).toEqual({
    ok: true,
    convention: 'package',
  });
  const [multikey] = actor.assertionMethod;
  const verdict = verifyEddsaJcs2022Proof(
    activity,
    parseEd25519Multikey(multikey.publicKeyMultibase),
  );
  expect(verdict).toEqual({ ok: true, verificationMethod: multikey.id });
}

async function outboxOf(username: string): Promise<number> {
  return (await get(`${urlOf(1)}/users/${username}/outbox`)).json.totalItems;
}

test('every user has keys of his own', async () => {
  const keys = new Set<string>();
  for (const index of [0, 1, 2]) {
    const { json } = await get(`${urlOf(index)}/users/user-${index}`);
    keys.add(json.publicKey.publicKeyPem).add(json.assertionMethod[0].publicKeyMultibase);
  }
  expect(keys.size).toBe(6);
});

test('32 owners want one name at once, at two gateways: one has it, with one activity', async () => {
  const answers = await Promise.all(tokens.map((_, index) => register(index, asset('wanted'))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(31).fill(409)]);
  const winner = answers.findIndex(({ status }) => status === 200);
  const text = (await answers[winner]?.text()) ?? '';
  const activity = text.slice(text.indexOf('"activity":') + '"activity":'.length, -1);
  await expectVerifies(activity, `user-${winner}`);
  const totals = await Promise.all(tokens.map((_, index) => outboxOf(`user-${index}`)));
  expect(totals.reduce((sum, total) => sum + total)).toBe(1);
});

test('one owner wants one name 32 times at once: one activity for all', async () => {
  const before = await outboxOf('user-0');
  const answers = await Promise.all(
    Array.from({ length: 32 }, (_, index) =>
      post(`${urlOf(index)}/registry`, asset('mine'), tokens[0]),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(32).fill(200));
  const activities = answers.map(({ json }) => JSON.stringify(json.activity));
  expect(new Set(activities).size).toBe(1);
  // A total is counted at most once a second.
  await waitFor('the total', async () => (await outboxOf('user-0')) === before + 1);
});

test('respond-async: the place that is named shows the claim signed soon', async () => {
  const answer = await register(1, asset('later →'), { prefer: 'respond-async' });
  expect([200, 202]).toContain(answer.status);
  const { asset: registered } = (await answer.json()) as { asset: { activity_id: string } };
  if (answer.status === 202) {
    expect(answer.headers.get('location')).toBe(`${PUBLIC_URL}/registry/later%20%E2%86%92`);
  }
  let shown: Answer | undefined;
  await waitFor(
    'the claim is signed',
    async () => {
      shown = await get(`${urlOf(0)}/registry/${encodeURIComponent('later →')}`);
      return shown.json.state === 'signed';
    },
    10_000,
  );
  expect(shown?.json.activity_id).toBe(registered.activity_id);
  const { text } = await get(`${urlOf(0)}/activities/${registered.activity_id}`);
  await expectVerifies(text, 'user-1');
});
