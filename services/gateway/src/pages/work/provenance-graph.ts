import type { ProvenanceGraph } from '@artdag/registry';
import { plainText, shorten } from '../parts/text.ts';
import { MAX_SHOWN } from './provenance.ts';

const LABEL = 28;

/** A provenance graph in Graphviz's words: contents are boxes, runs are ellipses, the work is bold. */
export function describeGraph(graph: ProvenanceGraph) {
  const entities = graph.entities.slice(0, MAX_SHOWN);
  const ids = new Map(entities.map(({ contentHash }, index) => [contentHash, `c${index}`]));
  const runs = graph.runs.slice(0, MAX_SHOWN);
  const runIds = new Map(runs.map(({ key }, index) => [key, `r${index}`]));
  const join = (tail: string | undefined, head: string | undefined) =>
    tail === undefined || head === undefined ? [] : [{ tail, head }];
  return {
    directed: true,
    graphAttributes: { rankdir: 'LR', bgcolor: '#ffffff', nodesep: 0.2 },
    nodeAttributes: {
      fontname: 'sans-serif',
      fontsize: 11,
      color: '#5c5862',
      fontcolor: '#1d1b20',
    },
    edgeAttributes: { color: '#5c5862', arrowsize: 0.6 },
    nodes: [
      ...entities.map(({ contentHash, claims }, index) => ({
        name: `c${index}`,
        attributes: {
          shape: 'box',
          label: labelOf(claims[0]?.name ?? contentHash),
          ...(contentHash === graph.root && { color: '#5a35c9', penwidth: 2 }),
        },
      })),
      ...runs.map((run, index) => ({
        name: `r${index}`,
        attributes: { shape: 'ellipse', label: labelOf(run.recipe ?? run.runId ?? '?') },
      })),
    ],
    edges: [
      ...graph.used.flatMap(({ run, contentHash }) => join(ids.get(contentHash), runIds.get(run))),
      ...graph.generated.flatMap(({ run, contentHash }) =>
        join(runIds.get(run), ids.get(contentHash)),
      ),
    ],
  };
}

/** Graphviz reads `\` as the beginning of an order of its own. */
function labelOf(text: string): string {
  return shorten(plainText(text), LABEL).replaceAll('\\', '\\\\');
}
