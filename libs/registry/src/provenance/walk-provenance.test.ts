import { fc, test as fuzz } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { ProvenanceBounds, ProvenanceGraph, SourcedAsset } from './provenance-graph.ts';
import { walkProvenance } from './walk-provenance.ts';

const WIDE: ProvenanceBounds = { depth: 100, nodes: 10_000, edges: 10_000 };

function asset(contentHash: string, inputs?: readonly string[], more: object = {}): SourcedAsset {
  const provenance = inputs && {
    runId: `run-${contentHash}`,
    inputs: inputs.map((hash) => ({ contentHash: hash })),
  };
  const claim = { name: `name-${contentHash}`, owner: 'giles', assetType: 'image' } as const;
  return { contentHash, ...claim, state: 'signed', provenance, ...more };
}

function walk(start: SourcedAsset, assets: readonly SourcedAsset[], bounds = WIDE) {
  const steps = walkProvenance(start, bounds);
  let reads = 0;
  while (steps.wanted().length > 0) {
    const wanted = new Set(steps.wanted());
    reads += 1;
    steps.add(assets.filter(({ contentHash }) => wanted.has(contentHash)));
  }
  return { graph: steps.graph(), reads };
}

const hashes = (graph: ProvenanceGraph) => graph.entities.map(({ contentHash }) => contentHash);

describe('a small world', () => {
  const film = asset('film', ['cut', 'song']);
  const cut = asset('cut', ['raw'], { owner: 'ada' });
  const world = [film, cut, asset('song')];

  test('is walked back to what nobody has registered', () => {
    const { graph, reads } = walk(film, world);
    expect(hashes(graph)).toEqual(['film', 'cut', 'song', 'raw']);
    expect(graph.entities.at(-1)).toEqual({ contentHash: 'raw', claims: [] });
    expect(graph.entities[1]?.claims).toEqual([
      { name: 'name-cut', owner: 'ada', assetType: 'image', state: 'signed' },
    ]);
    expect(graph.runs.map(({ runId }) => runId)).toEqual(['run-film', 'run-cut']);
    expect(graph.generated).toHaveLength(2);
    expect(graph.used.map(({ contentHash }) => contentHash)).toEqual(['cut', 'song', 'raw']);
    expect(graph.isTruncated).toBe(false);
    expect(reads).toBe(3);
  });

  test('ends at the depth that is asked for, and shows who owns what stands there', () => {
    const { graph, reads } = walk(film, world, { ...WIDE, depth: 1 });
    expect(hashes(graph)).toEqual(['film', 'cut', 'song']);
    expect(graph.entities[1]?.claims[0]?.owner).toBe('ada');
    expect(graph.isTruncated).toBe(true);
    expect(reads).toBe(2);
    expect(walk(film, world, { ...WIDE, depth: 2 }).graph.isTruncated).toBe(false);
    expect(hashes(walk(film, world, { ...WIDE, depth: 0 }).graph)).toEqual(['film']);
  });

  test('may go in circles', () => {
    const egg = asset('egg', ['hen', 'egg']);
    const { graph } = walk(egg, [egg, asset('hen', ['egg'])]);
    expect(hashes(graph)).toEqual(['egg', 'hen']);
    expect(graph.used).toHaveLength(3);
    expect(graph.isTruncated).toBe(false);
  });

  test('keeps runs of several L1s apart, and joins what one run made', () => {
    const by = (hash: string, l1Server: string) =>
      asset(hash, [], { provenance: { runId: '1', l1Server, inputs: [{ contentHash: 'in' }] } });
    const [one, two, other] = [by('one', 'a'), by('two', 'a'), by('other', 'b')];
    const all = asset('all', ['one', 'two', 'other']);
    const { graph } = walk(all, [all, one, two, other]);
    expect(graph.runs).toHaveLength(3);
    expect(graph.generated.map(({ contentHash }) => contentHash)).toEqual([
      'all',
      'one',
      'two',
      'other',
    ]);
  });

  test('shows a claim once and not without end', () => {
    const claims = Array.from({ length: 30 }, (_, n) => asset('film', [], { name: `film ${n}` }));
    const { graph } = walk(claims[0] ?? film, [...claims, ...claims]);
    expect(graph.entities[0]?.claims).toHaveLength(20);
    expect(graph.isTruncated).toBe(true);
  });
});

describe('any world', () => {
  const hash = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const world = fc
    .array(
      fc.record({
        contentHash: hash,
        name: fc.string({ maxLength: 3 }),
        runId: fc.constantFrom('1', '2', '3', undefined),
        inputs: fc.array(hash, { maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((rows) =>
      rows.map(({ contentHash, name, runId, inputs }) =>
        asset(contentHash, [], {
          name,
          provenance: {
            ...(runId && { runId }),
            inputs: [...new Set(inputs)].map((input) => ({ contentHash: input })),
          },
        }),
      ),
    );
  const bounds = fc.record({
    depth: fc.integer({ min: 0, max: 6 }),
    nodes: fc.integer({ min: 1, max: 12 }),
    edges: fc.integer({ min: 0, max: 12 }),
  });
  const first = (assets: readonly SourcedAsset[]) => assets[0] ?? asset('a');

  /** Every hash that can be reached, found in the simplest way. */
  function reach(assets: readonly SourcedAsset[]): Set<string> {
    const found = new Set([first(assets).contentHash]);
    for (const seen of found)
      for (const each of assets.filter(({ contentHash }) => contentHash === seen))
        for (const input of each.provenance?.inputs ?? []) found.add(input.contentHash);
    return found;
  }

  fuzz.prop([world])('is walked whole, once, in wide bounds', (assets) => {
    const { graph } = walk(first(assets), assets);
    expect(new Set(hashes(graph))).toEqual(reach(assets));
    expect(new Set(hashes(graph)).size).toBe(graph.entities.length);
    expect(graph.isTruncated).toBe(false);
  });

  fuzz.prop([world, bounds])(
    'stays in its bounds, joins what is there, and says what it left',
    (assets, limits) => {
      const { graph, reads } = walk(first(assets), assets, limits);
      const entities = new Set(hashes(graph));
      const runs = new Set(graph.runs.map(({ key }) => key));
      expect(graph.entities.length + graph.runs.length).toBeLessThanOrEqual(limits.nodes);
      expect(graph.generated.length + graph.used.length).toBeLessThanOrEqual(limits.edges);
      expect(reads).toBeLessThanOrEqual(limits.depth + 1);
      for (const { contentHash, run } of [...graph.generated, ...graph.used])
        expect([entities.has(contentHash), runs.has(run)]).toEqual([true, true]);
      const whole = walk(first(assets), assets).graph;
      const isWhole =
        whole.entities.length === graph.entities.length &&
        whole.runs.length === graph.runs.length &&
        whole.used.length === graph.used.length &&
        whole.generated.length === graph.generated.length;
      expect(graph.isTruncated || isWhole).toBe(true);
      expect(hashes(whole)).toEqual(expect.arrayContaining(hashes(graph)));
    },
  );
});
