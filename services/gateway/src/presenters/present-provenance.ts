import type { Iris } from '@artdag/activitypub';
import type { ProvenanceEntity, ProvenanceRun } from '@artdag/registry';
import type { FoundProvenance } from '../commands/find-provenance.ts';
import type { Speaker } from '../commands/speakers.ts';

type Attributes = Readonly<Record<string, unknown>>;
type Records = Record<string, Attributes>;

/** Claims that say something of who made a thing; those that were withdrawn or failed do not. */
const STANDING = new Set(['signed', 'pending', 'unsigned']);

/**
 * A provenance graph as PROV-JSON, with `root`, `depth` and `truncated` beside its own members.
 *
 * @see https://www.w3.org/submissions/2013/SUBM-prov-json-20130424/
 */
export function presentProvenance(
  { graph, owners, speakers }: FoundProvenance,
  depth: number,
  { base }: Pick<Iris, 'base'>,
) {
  const agents: Records = {};
  const attributed: Attributes[] = [];
  for (const entity of graph.entities) {
    for (const claim of attributionsOf(entity, owners.get(entity.contentHash))) {
      agents[claim['prov:agent']] = { 'prov:type': 'prov:Person' };
      attributed.push(claim);
    }
  }
  for (const run of graph.runs) {
    if (run.l1Server === undefined) continue;
    const attributes = { 'prov:type': 'prov:SoftwareAgent', 'artdag:url': run.l1Server };
    agents[serverId(run.l1Server)] = attributes;
  }
  const runIds = new Map(graph.runs.map((run) => [run.key, runId(run)]));
  const idOf = (key: string) => runIds.get(key) ?? key;
  return {
    root: objectId(graph.root),
    depth,
    truncated: graph.isTruncated,
    prefix: {
      artdag: `${base}/ns#`,
      object: `${base}/objects/`,
      user: `${base}/users/`,
      run: `${base}/runs/`,
      l1: `${base}/l1/`,
    },
    entity: Object.fromEntries(
      graph.entities.map((each) => [objectId(each.contentHash), entityOf(each)]),
    ),
    activity: Object.fromEntries(graph.runs.map((run) => [runId(run), activityOf(run)])),
    agent: agents,
    wasGeneratedBy: numbered(
      'g',
      graph.generated.map((link) => ({
        'prov:entity': objectId(link.contentHash),
        'prov:activity': idOf(link.run),
        'artdag:saidBy': speakerId(speakers.ofMaking(link)),
      })),
    ),
    used: numbered(
      'u',
      graph.used.map((link) => ({
        'prov:activity': idOf(link.run),
        'prov:entity': objectId(link.contentHash),
        ...(link.name !== undefined && { 'prov:role': link.name }),
        'artdag:saidBy': speakerId(speakers.ofUse(link)),
      })),
    ),
    wasAttributedTo: numbered('a', attributed),
    wasAssociatedWith: numbered(
      'w',
      graph.runs.flatMap((run) =>
        run.l1Server === undefined
          ? []
          : [{ 'prov:activity': runId(run), 'prov:agent': serverId(run.l1Server) }],
      ),
    ),
  };
}

function entityOf({ contentHash, claims }: ProvenanceEntity): Attributes {
  const [first] = claims;
  return {
    'artdag:contentHash': contentHash,
    'artdag:registered': first !== undefined,
    ...(first && {
      'prov:label': first.name,
      'artdag:assetType': first.assetType,
      'artdag:name': claims.map(({ name }) => name),
    }),
  };
}

function attributionsOf({ contentHash, claims }: ProvenanceEntity, owner: string | undefined) {
  const claimants = claims.filter(({ state }) => STANDING.has(state)).map((claim) => claim.owner);
  const all = new Set([...(owner === undefined ? [] : [owner]), ...claimants]);
  return [...all].map((username) => ({
    'prov:entity': objectId(contentHash),
    'prov:agent': `user:${username}`,
    'prov:type': username === owner ? 'artdag:Owner' : 'artdag:Claimant',
  }));
}

function activityOf({ runId: id, l1Server, recipe }: ProvenanceRun): Attributes {
  return {
    ...(id !== undefined && { 'artdag:runId': id }),
    ...(l1Server !== undefined && { 'artdag:l1Server': l1Server }),
    ...(recipe !== undefined && { 'artdag:recipe': recipe }),
  };
}

function objectId(contentHash: string): string {
  return `object:${contentHash}`;
}

/** A run by its L1 and id, as far as they are known: `-` where not. */
function runId({ key, runId: id, l1Server }: ProvenanceRun): string {
  const server = l1Server === undefined ? '-' : encodeURIComponent(l1Server);
  return id === undefined
    ? `run:${server}/-/${encodeURIComponent(key)}`
    : `run:${server}/${encodeURIComponent(id)}`;
}

function speakerId(speaker: Speaker): string {
  return speaker.kind === 'l1' ? serverId(speaker.l1Server) : `user:${speaker.username}`;
}

function serverId(l1Server: string): string {
  return `l1:${encodeURIComponent(l1Server)}`;
}

function numbered(letter: string, records: readonly Attributes[]): Records {
  return Object.fromEntries(records.map((record, index) => [`_:${letter}${index + 1}`, record]));
}
