import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createEddsaJcs2022Proof,
  encodeEd25519Multikey,
  fromPlainValue,
  rsaSignature2017,
} from '@artdag/signatures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const ada = 'https://art.example/users/ada';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const publicKeyPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicKeyMultibase = encodeEd25519Multikey(ed25519.publicKey);
const signWith = (key: KeyObject) => async (bytes: Uint8Array) =>
  sign(key.asymmetricKeyType === 'rsa' ? 'sha256' : null, bytes, key);

const actor = {
  type: 'Person',
  id: ada,
  publicKey: { id: `${ada}#main-key`, owner: ada, publicKeyPem },
  assertionMethod: [
    { id: `${ada}#ed25519-key`, type: 'Multikey', controller: ada, publicKeyMultibase },
  ],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artdag-proof-'));
  await writeFile(join(folder, 'actor.json'), JSON.stringify(actor));
  await writeFile(join(folder, 'key.pub'), publicKeyPem);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A Create as a signer makes it: the proof covers `to`, which the RSA signature does not. */
async function makeActivity() {
  const created = '2026-01-06T23:01:27Z';
  const claim = {
    '@context': 'https://www.w3.org/ns/activitystreams',
    type: 'Create',
    id: 'https://art.example/activities/1',
    actor: ada,
    object: { type: 'Image', name: 'cat', attributedTo: ada },
    published: created,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
  };
  const signature = await rsaSignature2017(
    { creator: `${ada}#main-key`, created, document: fromPlainValue(claim) },
    signWith(rsa.privateKey),
  );
  const signed = { ...claim, signature };
  const proof = await createEddsaJcs2022Proof(
    { document: fromPlainValue(signed), verificationMethod: `${ada}#ed25519-key`, created },
    signWith(ed25519.privateKey),
  );
  return { ...signed, proof };
}

async function verify(activity: object, key = 'actor.json') {
  const path = join(folder, 'activity.json');
  await writeFile(path, JSON.stringify(activity));
  return runCli(['verify', path, '--key', join(folder, key)], { env: {} });
}

test('a proof that matches holds; one over another document ends with 14, though the signature holds', async () => {
  const activity = await makeActivity();
  expect(await verify(activity)).toMatchObject({ code: 0 });
  const changed = { ...activity, to: [] };
  const { code, result, errors } = await verify(changed);
  expect({ code, errors }).toEqual({ code: 14, errors: 'The Ed25519 proof does not hold.\n' });
  expect(result).toMatch(/^signature\tholds\t/m);
  expect(result).toMatch(/^proof\tfails\tproof-mismatch\t/m);
  expect(await verify(changed, 'key.pub')).toMatchObject({ code: 0 });
});

test('a signature that does not match is graver than a proof that does not', async () => {
  const activity = await makeActivity();
  expect((await verify({ ...activity, published: '2020-01-01T00:00:00Z' })).code).toBe(10);
});

test('a data directory with a record whose proof does not match ends with 14', async () => {
  const { object, ...activity } = await makeActivity();
  const record = {
    activity_id: '1',
    activity_type: activity.type,
    actor_id: ada,
    object_data: object,
    published: activity.published,
    signature: activity.signature,
    to: activity.to,
    cc: ['https://elsewhere.example/users/eve'],
    proof: activity.proof,
  };
  const directory = join(folder, 'data');
  await mkdir(directory);
  await writeFile(join(directory, 'activities.json'), JSON.stringify({ activities: [record] }));
  const l2 = { keys: { publicKeyPem, publicKeyMultibase } };
  await writeFile(join(directory, 'users.json'), JSON.stringify({ users: { ada: { l2 } } }));
  const { code, result } = await runCli(['verify', directory], { env: {} });
  expect(code).toBe(14);
  expect(result).toContain('\tproof-invalid\tThe proof does not match');
});
