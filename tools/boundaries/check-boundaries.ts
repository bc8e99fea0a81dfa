import { join } from 'node:path';
import { cruiseWorkspace } from './cruise-workspace.ts';

const report = await cruiseWorkspace(join(import.meta.dirname, '../..'));

for (const { rule, comment, from, to } of report.violations) {
  console.error(`${from} → ${to}\n  ${rule}: ${comment}`);
}
for (const file of report.unseen) console.error(`${file} was not read`);
if (report.moduleCount === 0 || report.dependencyCount < report.moduleCount) {
  console.error('The cruise read next to nothing: does it support this version of TypeScript?');
  process.exitCode = 1;
}
if (report.violations.length > 0 || report.unseen.length > 0) process.exitCode = 1;
console.log(
  `${report.moduleCount} modules, ${report.dependencyCount} imports, ${report.violations.length} violations`,
);
