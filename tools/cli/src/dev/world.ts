import { createHash } from 'node:crypto';
import { drawPicture } from './draw-picture.ts';
import { dusk, grain, grids, rings, tide, weave, wovenTide } from './painters.ts';

/** Who lives in the world. */
export interface Resident {
  readonly username: string;
  readonly displayName: string;
  readonly summary: string;
}

/** A work that is registered by hand. */
export interface SeedWork {
  readonly owner: string;
  readonly name: string;
  readonly assetType: string;
  readonly tags: readonly string[];
  readonly bytes: Buffer;
  readonly hash: string;
  /** The run that made it, where one did: its owner says so too. */
  readonly runId?: string;
}

/** A run of the world's L1. */
export interface SeedRun {
  readonly runId: string;
  readonly owner: string;
  readonly outputName: string;
  readonly outputType: string;
  readonly outputHash: string;
  readonly recipe: string;
  readonly inputs: readonly { readonly name: string; readonly content_hash: string }[];
}

/** A work that its owner registers, or a run that he has recorded. */
export type Step = { readonly work: SeedWork } | { readonly run: SeedRun };

export const residents: readonly Resident[] = [
  {
    username: 'mira',
    displayName: 'Mira Okafor',
    summary: 'Draws tides and other slow things with small programs.',
  },
  {
    username: 'tomas',
    displayName: 'Tomas Lindqvist',
    summary: 'Grids, moiré, and what lies between two of them.',
  },
  { username: 'ines', displayName: 'Ines Duarte', summary: 'Noise first, pictures later.' },
  {
    username: 'jun',
    displayName: 'Jun Park',
    summary: 'Collects effects and takes them apart.\nCommissions are closed.',
  },
];

/** Who follows whom. */
export const follows: readonly (readonly [string, string])[] = [
  ['tomas', 'mira'],
  ['ines', 'mira'],
  ['jun', 'mira'],
  ['mira', 'tomas'],
  ['ines', 'tomas'],
  ['jun', 'ines'],
];

/** What the world consists of; the pictures are drawn as it is asked for. */
export function createWorld() {
  const noise = work('jun', 'effect:value-noise', 'effect', ['effect', 'noise'], text('noise'));
  const palette = work('mira', 'palette:tidewater', 'palette', ['colour'], text('#245c78 #e8c799'));
  const twoGrids = picture('tomas', 'Two grids', ['moiré', 'black and white'], grids);
  const lowTide = picture('mira', 'Low tide', ['tide', 'waves'], tide);
  const field = { ...picture('ines', 'Field of grain', ['noise'], grain), runId: 'run-grain-7' };
  const woven = {
    ...picture('tomas', 'Woven field', ['moiré', 'noise'], weave),
    runId: 'run-weave-2',
  };
  const through = {
    ...picture('mira', 'Low tide, through a weave', ['tide', 'noise'], wovenTide),
    runId: 'run-tide-11',
  };
  const circles = picture('tomas', 'Interference', ['rings', 'waves'], rings);
  const copied = { ...circles, owner: 'jun', name: 'Two stones in a pond', tags: ['rings'] };
  const takenBack = picture('mira', 'Dusk, study 3', ['dusk', 'study'], dusk);
  const toGrain = run(field, 'grain', [noise, { name: 'seed', hash: hashOf(text('1789')) }]);
  const toWeave = run(woven, 'weave', [field, twoGrids]);
  const toTurn = {
    ...run({ ...woven, runId: 'run-turn-1' }, 'turn', [woven]),
    outputName: 'Woven field, turning',
    outputType: 'video',
    outputHash: hashOf(text('Woven field, turning')),
  };
  const toLook = run(through, 'look through', [woven, lowTide, palette]);
  const steps: readonly Step[] = [
    ...[noise, palette, twoGrids, field, woven].map((work) => ({ work })),
    ...[toGrain, toWeave, toTurn].map((made) => ({ run: made })),
    ...[takenBack, circles, copied, lowTide, through].map((work) => ({ work })),
    { run: toLook },
  ];
  return {
    /** What is registered, in its order. */
    steps,
    works: steps.flatMap((step) => ('work' in step ? [step.work] : [])),
    runs: steps.flatMap((step) => ('run' in step ? [step.run] : [])),
    takenBack,
    shared: [
      { username: 'tomas', hash: through.hash },
      { username: 'jun', hash: field.hash },
    ],
  };
}

/** {@link createWorld} */
export type World = ReturnType<typeof createWorld>;

function work(
  owner: string,
  name: string,
  assetType: string,
  tags: readonly string[],
  bytes: Buffer,
): SeedWork {
  return { owner, name, assetType, tags, bytes, hash: hashOf(bytes) };
}

function picture(
  owner: string,
  name: string,
  tags: readonly string[],
  painter: Parameters<typeof drawPicture>[0],
): SeedWork {
  return work(owner, name, 'image', tags, drawPicture(painter));
}

function run(
  output: SeedWork & { readonly runId: string },
  recipe: string,
  inputs: readonly Pick<SeedWork, 'name' | 'hash'>[],
): SeedRun {
  return {
    runId: output.runId,
    owner: output.owner,
    outputName: output.name,
    outputType: output.assetType,
    outputHash: output.hash,
    recipe,
    inputs: inputs.map(({ name, hash }) => ({ name, content_hash: hash })),
  };
}

function text(content: string): Buffer {
  return Buffer.from(`${content}\n`);
}

function hashOf(bytes: Buffer): string {
  return createHash('sha3-256').update(bytes).digest('hex');
}
