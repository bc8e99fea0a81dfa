import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const sourceFolders = ['libs', 'services', 'tools', 'tests', 'bench'];
const rulesFile = join(import.meta.dirname, '../../.dependency-cruiser.cjs');

/** One import that a rule forbids. */
export interface BoundaryViolation {
  readonly rule: string;
  readonly comment: string;
  readonly from: string;
  readonly to: string;
}

/** What a cruise saw. A cruise that could read nothing finds no violation either. */
export interface CruiseReport {
  readonly violations: readonly BoundaryViolation[];
  /** Source files on disk that the cruise passed by. */
  readonly unseen: readonly string[];
  readonly moduleCount: number;
  readonly dependencyCount: number;
}

/** Follows every import of the workspace at `root` and holds it against the rules. */
export async function cruiseWorkspace(root: string): Promise<CruiseReport> {
  const sources = await listSources(root);
  const result = await cruiseFiles(root, sources);
  const seen = new Set(result.modules.map(({ source }) => source));
  return {
    violations: result.summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      comment: commentOf(result, rule.name),
      from,
      to,
    })),
    unseen: sources.filter((source) => !seen.has(source)),
    moduleCount: sources.filter((source) => seen.has(source)).length,
    dependencyCount: result.summary.totalDependenciesCruised ?? 0,
  };
}

async function listSources(root: string): Promise<readonly string[]> {
  const pattern = `{${sourceFolders.join(',')}}/**/*.{ts,mjs}`;
  const files = await Array.fromAsync(
    glob(pattern, { cwd: root, exclude: ['**/node_modules/**', '**/*.d.ts'] }),
  );
  return files.map((file) => file.replaceAll('\\', '/')).sort();
}

async function cruiseFiles(root: string, sources: readonly string[]): Promise<ICruiseResult> {
  const options: ICruiseOptions = await extractOptions(rulesFile);
  const { output } = await cruise([...sources], { ...options, baseDir: root });
  if (typeof output === 'string') throw new TypeError('expected a cruise result, not a report');
  return output;
}

function commentOf(result: ICruiseResult, name: string): string {
  const rules = result.summary.ruleSetUsed?.forbidden ?? [];
  return rules.find((rule) => rule.name === name)?.comment ?? '';
}
