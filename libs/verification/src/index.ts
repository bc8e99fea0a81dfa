export type { Evidence, KeyEvidence } from './evidence/evidence.ts';
export type {
  FileDigests,
  KeySource,
  Observed,
  Outcome,
  RegistryAnswer,
  Report,
  SaidByActivity,
  Signed,
  Step,
  StepName,
  Verdict,
} from './report.ts';
export { createWebCrypto, type SignatureCrypto } from './signature-crypto.ts';
export { verifyActivity } from './verify-activity.ts';
