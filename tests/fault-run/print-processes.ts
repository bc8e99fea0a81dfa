import type { Scene } from './start-scene.ts';

/** Prints how each process stands after a run that went wrong, and the end of what it has logged. */
export async function printProcesses({ federation: { constellation } }: Scene): Promise<void> {
  const { gateways, signers, federations, l1Syncs } = constellation;
  for (const role of [...gateways, ...signers, ...federations, ...l1Syncs]) {
    const answer = await fetch(`${role.url}/health/ready`).then(
      (response) => response.text(),
      (error: unknown) => `does not answer: ${error}`,
    );
    process.stdout.write(`${role.name} (${role.pid()}): ${answer}\n`);
  }
  process.stdout.write(`${constellation.logs()}\n`);
}
