/** A named question to one dependency: resolves when it is well, throws with the reason when not. */
export interface HealthCheck {
  readonly name: string;
  /** Whether the process can serve although it is not well: then it is named and no more. */
  readonly onlyWarns?: boolean;
  check(): Promise<void>;
}

/** The answer of `/health/ready`: one row a check. It may be ready although a check that only warns is not ok. */
export interface HealthReport {
  readonly ready: boolean;
  readonly checks: ReadonlyArray<{ name: string; ok: boolean; reason?: string }>;
}

const CHECK_TIMEOUT_MS = 1500;

/** Asks every check at once, none for longer than 1.5 s. */
export async function askHealth(checks: readonly HealthCheck[]): Promise<HealthReport> {
  const rows = await Promise.all(checks.map(askOne));
  const ready = rows.every((row, index) => row.ok || checks[index]?.onlyWarns === true);
  return { ready, checks: rows };
}

async function askOne({ name, check }: HealthCheck) {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer')), CHECK_TIMEOUT_MS);
  try {
    await Promise.race([check(), late]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, reason: error instanceof Error ? error.message : 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
