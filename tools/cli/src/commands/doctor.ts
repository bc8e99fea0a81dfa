import { Command } from 'commander';
import type { Diagnosis } from '../doctor/examine.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { writeObserved } from '../interact.ts';
import { renderRows } from '../render-rows.ts';
import type { Terminal } from '../terminal.ts';

/** `doctor`: looks at everything that the server needs, without a gateway. */
export function doctorCommand(terminal: Terminal, status: Pick<NodeJS.Process, 'exitCode'>) {
  return new Command('doctor')
    .description('check settings, keys, clock, MongoDB, Redis, queues and the public URL')
    .option('--json', 'one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      // Drivers are much to load for commands that need none.
      const { examine } = await import('../doctor/examine.ts');
      const findings = await examine(terminal.env);
      if (json) writeObserved({ checks: findings }, terminal);
      else showFindings(findings, terminal);
      status.exitCode = exitCodeOfFindings(findings);
    });
}

function showFindings(findings: readonly Diagnosis[], terminal: Terminal): void {
  const header = ['STATE', 'CHECK', 'FINDING'];
  const rows = findings.map(({ state, check, finding, fix }) =>
    terminal.isInteractive ? [state, check, finding] : [state, check, finding, fix ?? null],
  );
  terminal.write(renderRows({ header, rows }, terminal.isInteractive));
  if (!terminal.isInteractive) return;
  for (const { check, means, fix } of findings) {
    if (fix !== undefined) terminal.write(`\n${check}: ${means}\n  ${fix}\n`);
  }
}

/** The exit code of the gravest: a server that does not answer explains the rest. */
function exitCodeOfFindings(findings: readonly Diagnosis[]): number {
  const failed = new Set(findings.filter(({ state }) => state === 'failure').map((f) => f.check));
  if (failed.has('settings')) return EXIT_CODES.usage.code;
  if (failed.has('mongodb') || failed.has('redis')) return EXIT_CODES.unreachable.code;
  return EXIT_CODES[failed.size > 0 ? 'failure' : 'ok'].code;
}
