export type { Answer, Ask, Sources } from './evidence/ask.ts';
export { collectEvidence } from './evidence/collect-evidence.ts';
export type { Evidence, KeyEvidence } from './evidence/evidence.ts';
export { findLink } from './evidence/find-link.ts';
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
export { reportUnreadable, verifyActivity } from './verify-activity.ts';
