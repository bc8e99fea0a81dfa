import { describe, expect, test } from 'vitest';
import { type ClaimEvidence, judgeClaim, type SignatureFinding, toneOf } from './judge-claim.ts';

const now = new Date('2026-03-01T00:00:00Z');
const signedAt = new Date('2026-01-06T23:01:27Z');

function judge(evidence: Partial<ClaimEvidence>) {
  const states = judgeClaim({ state: 'signed', claimants: 1, agrees: true, now, ...evidence });
  return states.map(({ kind }) => kind);
}

const signed = (finding: SignatureFinding, stored: 'package' | 'object-only' | false = 'package') =>
  judge({ signature: { finding, stored, signedAt } });

describe('a claim', () => {
  test.each([
    ['package', ['verified']],
    ['object-only', ['verified-older-form']],
    ['mismatch', ['mismatch']],
    ['missing', ['not-signed']],
    ['no-key', ['key-gone']],
    ['other-key', ['key-replaced']],
  ] as const)('whose signature is found to be %s is %j', (finding, expected) => {
    expect(signed(finding)).toEqual(expected);
  });

  test('that never verified is not said to have done so', () => {
    expect(signed('no-key', false)).toEqual(['not-signed']);
    expect(signed('other-key', false)).toEqual(['mismatch']);
  });

  test('without a signature is being signed, or is not signed', () => {
    expect(judge({ state: 'pending' })).toEqual(['signing']);
    expect(judge({ state: 'failed' })).toEqual(['not-signed']);
    expect(judge({ state: 'unsigned' })).toEqual(['not-signed']);
  });

  test('tells that it was withdrawn, is contested, and differs from the record', () => {
    const signature = { finding: 'package', stored: 'package', signedAt } as const;
    expect(judge({ state: 'withdrawn', signature, claimants: 3, agrees: false })).toEqual([
      'withdrawn',
      'verified',
      'disagree',
      'contested',
    ]);
  });

  test('tells what has become of where the work was made', () => {
    expect(judge({ provenance: 'lost' })).toEqual(['not-signed', 'provenance-lost']);
    expect(judge({ provenance: 'changed' })).toEqual(['not-signed', 'provenance-changed']);
  });

  test('that does not match is bad', () => {
    expect(toneOf({ kind: 'mismatch' })).toBe('bad');
    expect(toneOf({ kind: 'verified', at: now })).toBe('ok');
  });
});
