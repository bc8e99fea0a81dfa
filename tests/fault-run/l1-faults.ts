import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { MISBEHAVIOURS } from '../l1/misbehaviours.ts';
import { answerWell, type L1, type L1Behaviour } from '../l1/start-l1.ts';
import type { Fault } from './fault.ts';
import type { Random } from './random.ts';

const ILLNESSES = ['garbage', 'page', 'large', 'elsewhere', 'endless'] as const;
const unavailable: L1Behaviour = (response) => response.writeHead(503).end();

/** An L1 that is away, slow, or says what makes no sense. */
export const l1Faults: readonly Fault[] = [
  {
    name: 'F9 the L1 is down',
    async inflict({ l1 }, random) {
      await l1.goDown();
      await delay(random.between(1000, 8000));
      await l1.comeUp();
    },
  },
  {
    name: 'F9 the L1 is slow',
    inflict({ l1 }, random) {
      const latencyMs = random.between(500, 6000);
      return suffer(l1, random, (_response, answer) => setTimeout(answer, latencyMs));
    },
  },
  { name: 'F9 the L1 hangs', inflict: ({ l1 }, random) => suffer(l1, random, () => undefined) },
  {
    name: 'F9 the L1 fails',
    inflict: ({ l1 }, random) => suffer(l1, random, (response) => response.writeHead(500).end()),
  },
  {
    name: 'F9 the L1 takes nothing and answers with what is no run',
    inflict: ({ l1 }, random) =>
      suffer(l1, random, answerWith(random.pick(ILLNESSES)), unavailable),
  },
];

function answerWith(illness: (typeof ILLNESSES)[number]): L1Behaviour {
  return (response: ServerResponse) => MISBEHAVIOURS[illness]?.(response);
}

async function suffer(
  l1: L1,
  random: Random,
  asked: L1Behaviour,
  told: L1Behaviour = asked,
): Promise<void> {
  l1.behave(asked, told);
  await delay(random.between(1000, 8000));
  l1.behave(answerWell);
}
