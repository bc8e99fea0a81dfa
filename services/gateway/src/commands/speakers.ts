import type { ProvenanceGraph } from '@artdag/registry';
import type { Run } from '@artdag/store';

/** Who says that a run made a content, or read it. */
export type Speaker =
  | { readonly kind: 'l1'; readonly l1Server: string }
  | { readonly kind: 'owner'; readonly username: string };

/** Who says each link of a graph: the L1 where this server has it from there, else an owner. */
export interface Speakers {
  ofMaking(link: ProvenanceGraph['generated'][number]): Speaker;
  ofUse(link: ProvenanceGraph['used'][number]): Speaker;
}

/** {@link Speakers} of `graph`, where `registered` are runs that this server has read at their L1. */
export function findSpeakers(graph: ProvenanceGraph, registered: readonly Run[]): Speakers {
  const read = Map.groupBy(registered, ({ l1Server, runId }) => nameOf(l1Server, runId));
  const told = new Map(
    graph.runs.map(({ key, l1Server, runId }) => {
      return [key, read.get(nameOf(l1Server, runId)) ?? []] as const;
    }),
  );
  const speakerOf = (
    { run, saidBy }: { readonly run: string; readonly saidBy: string },
    says: (result: NonNullable<Run['result']>) => boolean,
  ): Speaker => {
    const teller = told.get(run)?.find(({ result }) => result && says(result));
    if (teller) return { kind: 'l1', l1Server: teller.l1Server };
    return { kind: 'owner', username: saidBy };
  };
  return {
    ofMaking: (link) => speakerOf(link, ({ outputHash }) => outputHash === link.contentHash),
    ofUse: (link) =>
      speakerOf(link, ({ inputs }) =>
        inputs.some(({ contentHash }) => contentHash === link.contentHash),
      ),
  };
}

function nameOf(l1Server: string | undefined, runId: string | undefined): string {
  return JSON.stringify([l1Server ?? null, runId ?? null]);
}
