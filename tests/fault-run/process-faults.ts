import { setTimeout as delay } from 'node:timers/promises';
import { type Role, waitFor } from '@artdag/testing';
import type { Fault } from './fault.ts';
import type { Random } from './random.ts';
import type { Scene } from './start-scene.ts';

const PATIENCE_MS = 60_000;

type Roles = (scene: Scene) => readonly Role[];

const gateways: Roles = ({ federation }) => federation.constellation.gateways;
const signers: Roles = ({ federation }) => federation.constellation.signers;
const federations: Roles = ({ federation }) => federation.constellation.federations;
const l1Syncs: Roles = ({ federation }) => federation.constellation.l1Syncs;
const all: Roles = (scene) => [gateways, signers, federations, l1Syncs].flatMap((of) => of(scene));

/** Processes of ours that end, are stopped or are replaced. */
export const processFaults: readonly Fault[] = [
  { name: 'F1 a gateway is killed', inflict: (scene, random) => killOne(gateways(scene), random) },
  { name: 'F2 a signer is killed', inflict: (scene, random) => killOne(signers(scene), random) },
  {
    name: 'F3 a federation worker is killed',
    inflict: (scene, random) => killOne(federations(scene), random),
  },
  {
    name: 'F4 an L1-sync worker is killed',
    inflict: (scene, random) => killOne(l1Syncs(scene), random),
  },
  {
    name: 'F4 an L1-sync worker is stopped for longer than its jobs are locked, or less',
    inflict: (scene, random) => stopOne(l1Syncs(scene), random),
  },
  {
    name: 'F14 every role is restarted, one process after the other',
    async inflict(scene) {
      for (const role of all(scene)) {
        await role.kill('SIGTERM');
        await bringBack(role);
      }
    },
  },
];

async function killOne(roles: readonly Role[], random: Random): Promise<void> {
  const role = pickOne(roles, random);
  await role.kill('SIGKILL');
  await delay(random.between(0, 2000));
  await bringBack(role);
}

/** Its jobs are done by another meanwhile; it goes on with them as if nothing had been. */
async function stopOne(roles: readonly Role[], random: Random): Promise<void> {
  const role = pickOne(roles, random);
  process.kill(role.pid(), 'SIGSTOP');
  await delay(random.between(1000, 15_000));
  process.kill(role.pid(), 'SIGCONT');
}

function pickOne(roles: readonly Role[], random: Random): Role {
  const role = roles[Math.floor(random.next() * roles.length)];
  if (!role) throw new RangeError('there is none of this role');
  return role;
}

/** As a supervisor does: a process that cannot start while a store is away is started again. */
async function bringBack(role: Role): Promise<void> {
  await waitFor(`${role.name} is back`, () => role.start().then(() => true), PATIENCE_MS);
}
