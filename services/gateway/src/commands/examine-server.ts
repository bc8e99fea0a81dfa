import { type DiagnosticSources, diagnose, type Finding } from '@artdag/diagnostics';
import type { GatewayContext } from '../context.ts';

/** What `artdag-l2 doctor` checks, as far as a gateway can see it. */
export async function examineServer(
  { store, inspector, config: { publicUrl }, now }: GatewayContext,
  countFailures: DiagnosticSources['countFailures'],
): Promise<Finding[]> {
  // Private keys are the signer's, and only federation and L1-sync reach out.
  const [keyDirectory, fetch] = [undefined, undefined];
  return diagnose({ store, inspector, countFailures, keyDirectory, publicUrl, fetch, now });
}
