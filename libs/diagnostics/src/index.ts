export { createHealthChecks, type HealthSources } from './create-health-checks.ts';
export { type DiagnosticSources, diagnose } from './diagnose.ts';
export { CHECKS, type CheckName, type Finding, type FindingState } from './finding.ts';
