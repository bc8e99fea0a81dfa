import { readRsaSignature2017 } from '@artdag/signatures/portable';
import { sha256Hex } from './bytes.ts';
import { buildStep, fails } from './checks/build-step.ts';
import { checkContentHash, checkEarliestClaim, checkNotWithdrawn } from './checks/check-claim.ts';
import { checkForm } from './checks/check-form.ts';
import { checkProof, findProofKeyId } from './checks/check-proof.ts';
import { checkCanonicalText, checkSignature } from './checks/check-signature.ts';
import { checkKeyOwner, chooseKey, type KnownKeys } from './checks/choose-key.ts';
import type { Evidence } from './evidence/evidence.ts';
import { readKeys } from './evidence/read-keys.ts';
import { judge } from './judge.ts';
import type { Observed, Report } from './report.ts';
import type { SignatureCrypto } from './signature-crypto.ts';
import { verdictWords } from './step-words.ts';

/**
 * Verifies an activity as a checklist. It asks nobody anything: what is not in `evidence` is
 * answered by `cannot-tell` or `not-asked`. It does not throw for any text.
 *
 * @param now - the time of the check; it judges the `expires` of a proof
 */
export async function verifyActivity(
  evidence: Evidence,
  { crypto, now }: { readonly crypto: SignatureCrypto; readonly now: Date },
): Promise<Report> {
  const form = checkForm(evidence.text);
  const formStep = buildStep('form', form.finding);
  const known: KnownKeys = {
    evidence: evidence.key,
    set: 'text' in evidence.key ? readKeys(evidence.key.text) : undefined,
  };
  const observed = {
    at: now.toISOString(),
    activity: form.said ?? null,
    key: describeKey(known),
    file: evidence.file ?? null,
    registry: evidence.registry ?? null,
  };
  if (!form.document) return conclude({ ...observed, steps: [formStep] }, null);

  const { document, said } = form;
  const signature = readRsaSignature2017(document);
  const rsaKey = chooseKey(known, 'rsa', signature.ok ? signature.creator : undefined);
  const proofKeyId = findProofKeyId(document);
  const proofKey = chooseKey(known, 'ed25519', proofKeyId);
  const used = [...(signature.ok ? [rsaKey] : []), ...(proofKeyId ? [proofKey] : [])];

  const rsa = await checkSignature(document, rsaKey, crypto);
  const proof = await checkProof(document, proofKey, { crypto, now });
  const steps = [
    formStep,
    buildStep('canonical-text', checkCanonicalText(document)),
    buildStep('signature', rsa.finding),
    buildStep('proof', proof.finding),
    buildStep('key-owner', checkKeyOwner(known, said.actor, used)),
    buildStep('content-hash', checkContentHash(said, evidence.file)),
    buildStep('earliest-claim', checkEarliestClaim(said, evidence.registry)),
    buildStep('not-withdrawn', checkNotWithdrawn(said, evidence.registry)),
  ];
  const isDoubtful = [rsa, proof].some(({ finding }) => finding.outcome === 'fails');
  const signed = isDoubtful ? undefined : (rsa.signed ?? proof.signed);
  return conclude({ ...observed, steps }, signed ?? null);
}

/** The report of something that cannot even be read as a text; `detail` says why. */
export function reportUnreadable(detail: string, now: Date): Report {
  const steps = [buildStep('form', fails('not-json', detail))];
  const nothing = { activity: null, key: null, file: null, registry: null };
  return conclude({ at: now.toISOString(), ...nothing, steps }, null);
}

function conclude(observed: Observed, signed: Report['signed']): Report {
  const verdict = judge(observed.steps);
  return { verdict, summary: verdictWords[verdict], signed, observed };
}

function describeKey({ evidence, set }: KnownKeys): Observed['key'] {
  if ('missing' in evidence) return null;
  const rsa = set?.keys.find(({ algorithm }) => algorithm === 'rsa');
  return {
    source: evidence.source,
    url: evidence.url ?? null,
    owner: set?.owner ?? null,
    sha256: rsa ? sha256Hex(rsa.bytes) : null,
  };
}
