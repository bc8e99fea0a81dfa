import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  getMember,
  type JsonNode,
  parseLosslessJson,
  pythonCanonical,
  stringifyLossless,
  verifyRsaSignature2017,
} from '@artdag/signatures';
import { describe, expect, it, test } from 'vitest';
import type { Evidence } from './evidence/evidence.ts';
import type { RegistryAnswer, Report, StepName } from './report.ts';
import {
  activityIri,
  actorIri,
  actorKey,
  actorText,
  emptySha3,
  emptySha256,
  makeSignedActivity,
  rsaPem,
  signObjectOnly,
  withWebCrypto,
} from './testing/signed-activity.ts';
import { verifyActivity } from './verify-activity.ts';

const text = await makeSignedActivity();
const verify = (evidence: Partial<Evidence>) =>
  verifyActivity({ text, key: actorKey, ...evidence }, withWebCrypto);
const stepOf = (report: Report, name: StepName) => {
  const step = report.observed.steps.find((candidate) => candidate.name === name);
  return step && `${step.outcome}: ${step.reason}`;
};
const claimed: RegistryAnswer = {
  url: `https://art.example/objects/${emptySha3}`,
  state: 'claimed',
  owner: actorIri,
  activity: activityIri,
  isWithdrawn: null,
};
const file = { sha3: emptySha3, sha256: emptySha256 };

describe('a claim as our signer makes it', () => {
  it('holds in every step', async () => {
    const report = await verify({ file, registry: claimed });
    expect(report.verdict).toBe('holds');
    expect(report.observed.steps.map(({ name, outcome }) => [name, outcome])).toEqual(
      ['form', 'canonical-text', 'signature', 'proof', 'key-owner', 'content-hash']
        .concat('earliest-claim', 'not-withdrawn')
        .map((name) => [name, 'holds']),
    );
    expect(report.signed).toMatchObject({ convention: 'package', keyId: `${actorIri}#main-key` });
  });

  it('keeps numbers in the signed text as they were written', async () => {
    const { signed } = await verify({});
    expect(signed?.text).toContain('"metadata":{"big":9007199254740993,"fps":30.0}');
  });

  it('says what each step proves and what it does not', async () => {
    const report = await verify({});
    for (const { found, proves, doesNotProve } of report.observed.steps) {
      expect([found, proves, doesNotProve].every((words) => words.length > 10)).toBe(true);
    }
  });

  it.each([
    ['name', '"name":"empty"', '"name":"other"'],
    ['number', '30.0', '30'],
    [
      'date of the signature',
      '"created":"2026-01-06T23:01:27Z"',
      '"created":"2026-01-06T23:01:28Z"',
    ],
    ['type', '"type":"Create"', '"type":"Update"'],
  ])('does not hold with another %s', async (_, before, after) => {
    const report = await verify({ text: text.replace(before, after) });
    expect(report).toMatchObject({ verdict: 'signature-invalid', signed: null });
  });

  it('does not hold with a member that only the proof covers', async () => {
    const report = await verify({ text: text.replace(/\}$/, ',"to":"https://x.example"}') });
    expect([stepOf(report, 'signature'), report.verdict]).toEqual([
      'holds: signature-package',
      'proof-invalid',
    ]);
  });
});

test('the older convention holds and says that it covers the object alone', async () => {
  const activity = parseLosslessJson(await makeSignedActivity({ withProof: false }));
  const object = getMember(activity, 'object') as JsonNode;
  const value = signObjectOnly(pythonCanonical(object));
  const older = stringifyLossless(activity).replace(/(?<="signatureValue":")[^"]+/, value);
  const report = await verify({ text: older });
  expect(report).toMatchObject({ verdict: 'holds', signed: { convention: 'object-only' } });
  expect(report.signed?.text).not.toContain('"actor"');
});

test('a proof alone signs too', async () => {
  const report = await verify({ text: await makeSignedActivity({ withSignature: false }) });
  expect(report).toMatchObject({ verdict: 'holds', signed: { convention: 'proof' } });
});

describe('keys', () => {
  it('cannot tell without one', async () => {
    const report = await verify({ key: { missing: 'none was given.' } });
    expect([report.verdict, stepOf(report, 'signature'), stepOf(report, 'key-owner')]).toEqual([
      'cannot-tell',
      'cannot-tell: key-missing',
      'cannot-tell: key-missing',
    ]);
  });

  it('takes a bare key at the word of who gave it', async () => {
    const report = await verify({ key: { text: rsaPem, source: 'given' } });
    expect([report.verdict, stepOf(report, 'key-owner'), stepOf(report, 'proof')]).toEqual([
      'holds',
      'not-asked: owner-not-said',
      'not-asked: proof-key-not-given',
    ]);
  });

  it('refuses the document of another actor', async () => {
    const other = actorText.replaceAll(actorIri, 'https://art.example/users/eve');
    const report = await verify({
      text: text.replaceAll('users/ada#', 'users/eve#'),
      key: { text: other, source: 'given' },
    });
    expect([report.verdict, stepOf(report, 'key-owner')]).toEqual([
      'signature-invalid',
      'fails: other-actor',
    ]);
  });

  it('cannot tell by a key that the actor does not list, that is too weak, or no key', async () => {
    const renamed = actorText.replaceAll('#main-key', '#new-key');
    const missing = await verify({ key: { text: renamed, source: 'checked-server' } });
    expect([missing.verdict, stepOf(missing, 'signature')]).toEqual([
      'cannot-tell',
      'cannot-tell: key-not-listed',
    ]);
    for (const unusable of [
      '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
      'x',
      '[]',
    ]) {
      const report = await verify({ key: { text: unusable, source: 'given' } });
      expect([report.verdict, stepOf(report, 'signature')]).toEqual([
        'cannot-tell',
        'cannot-tell: key-unusable',
      ]);
    }
  });

  it('says where the key came from', async () => {
    const report = await verify({ key: { text: actorText, source: 'checked-server' } });
    expect(stepOf(report, 'key-owner')).toBe('holds: owner-checked-server');
  });
});

describe('the file', () => {
  it('differs by one byte', async () => {
    const other = { sha3: emptySha3.replace('a', 'b'), sha256: emptySha256 };
    expect(await verify({ file: other })).toMatchObject({ verdict: 'file-differs' });
  });

  it('is recognised where the claim names its SHA-256', async () => {
    const report = await verify({ file: { sha3: emptySha256, sha256: emptySha3 } });
    expect([report.verdict, stepOf(report, 'content-hash')]).toEqual([
      'file-differs',
      'fails: file-sha256',
    ]);
  });
});

describe('the registry', () => {
  it.each([
    [
      'another owner',
      { owner: 'https://art.example/users/eve', activity: null },
      'claimed-earlier',
    ],
    ['every claim withdrawn', { state: 'withdrawn' as const }, 'all-withdrawn'],
    ['this claim withdrawn', { activity: null, isWithdrawn: true }, 'same-owner'],
  ])('contests the claim: %s', async (_, answer, reason) => {
    const report = await verify({ registry: { ...claimed, ...answer } });
    expect(report.verdict).toBe('contested-or-withdrawn');
    expect(stepOf(report, 'earliest-claim')).toContain(reason);
  });

  it.each([['unreachable'], ['unknown']] as const)('leaves it open: %s', async (state) => {
    const report = await verify({ registry: { ...claimed, state, owner: null, activity: null } });
    expect(report.verdict).toBe('cannot-tell');
  });
});

describe('texts that are no claims', () => {
  it.each([
    ['', 'not-json'],
    ['{', 'not-json'],
    ['[]', 'not-an-object'],
    ['{"id":"x","type":"Create","actor":1,"object":{}}', 'member-missing'],
    ['['.repeat(2000), 'not-json'],
  ])('%#: says so', async (other, reason) => {
    const report = await verify({ text: other });
    expect([report.verdict, stepOf(report, 'form')]).toEqual(['malformed', `fails: ${reason}`]);
  });

  it('refuses an activity that speaks for another', async () => {
    const report = await verify({
      text: text.replace(`"attributedTo":"${actorIri}"`, '"attributedTo":"https://x.example/u"'),
    });
    expect(stepOf(report, 'form')).toBe('fails: speaks-for-another');
  });

  it('calls an unsigned activity unsigned', async () => {
    const plain = await makeSignedActivity({ withSignature: false, withProof: false });
    expect(await verify({ text: plain })).toMatchObject({ verdict: 'unsigned', signed: null });
  });
});

describe('the vectors of the original package', () => {
  const vectors = parseLosslessJson(
    readFileSync(new URL('../../../tests/vectors/signatures.json', import.meta.url), 'utf8'),
  );
  const activities = getMember(vectors, 'vectors');
  const actor = stringifyLossless(getMember(vectors, 'actor') as JsonNode);
  const pem = getMember(vectors, 'public_key_pem');
  const items = activities?.kind === 'array' ? activities.items : [];

  it.each(items.map((item, index) => [index, getMember(item, 'activity') as JsonNode]))(
    '%i: Web Cryptography says what Node.js says',
    async (_, activity) => {
      const key: Evidence['key'] = { text: actor, source: 'given' };
      const report = await verify({ text: stringifyLossless(activity), key });
      expect(report).toMatchObject({ verdict: 'holds', signed: { convention: 'package' } });
      const publicKey = createPublicKey(pem?.kind === 'string' ? pem.value : '');
      expect(verifyRsaSignature2017(activity, publicKey)).toMatchObject({ ok: true });
    },
  );
});
