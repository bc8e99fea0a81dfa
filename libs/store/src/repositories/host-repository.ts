import type { Collection, Filter, UpdateFilter } from 'mongodb';
import type { HostDocument } from '../federation-documents.ts';
import { createWriteGroup } from '../write-group.ts';

/** What is known of a peer's host. */
export interface Host extends Omit<HostDocument, '_id' | 'expiresAt'> {
  /** Host name, with the port where it is not the scheme's own. */
  readonly host: string;
}

/** A host, and whether a rule for it or for a domain that it belongs to blocks it. */
export interface RuledHost extends Host {
  readonly isBlocked: boolean;
}

/** What may be learnt of a host by talking with it. */
export type HostExperience = Partial<
  Pick<
    Host,
    | 'scheme'
    | 'acceptsEd25519'
    | 'ed25519At'
    | 'ed25519Hint'
    | 'failures'
    | 'firstFailureAt'
    | 'openUntil'
    | 'lastSuccessAt'
    | 'lastErrorAt'
    | 'lastError'
  >
>;

/** Peers' hosts: what operators decided of them, and what deliveries have shown. */
export interface HostRepository {
  find(host: string): Promise<Host | undefined>;
  /** What is known of a host, and its rule; hosts that are asked for at the same time are read together. */
  findRuled(host: string): Promise<RuledHost>;
  /**
   * Whether an operator has blocked a host: by itself or by a domain that it belongs to. The rule of
   * the longest name decides, so that a part of a blocked domain can be allowed.
   */
  isBlocked(host: string): Promise<boolean>;
  /** Hosts that an operator has a rule for or has paused, and those with errors, by name. */
  list(after: string | undefined, limit: number): Promise<Host[]>;
  /** Blocks or allows a host, or takes the rule back. */
  setRule(host: string, rule: 'blocked' | 'allowed' | undefined): Promise<void>;
  /** Holds deliveries to a host back since `pausedAt`, or lets them go on. */
  setPaused(host: string, pausedAt: Date | undefined): Promise<void>;
  /** Those of `hosts` that {@link HostRepository.isBlocked} says yes to, with one question. */
  filterBlocked(hosts: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Takes the one try that a host gets when the time of its open breaker is over, until `leaseUntil`;
   * false where another has taken it since `openUntil` was read.
   */
  claimProbe(host: string, openUntil: Date, leaseUntil: Date): Promise<boolean>;
  /** How deliveries have gone since `since`, and which breakers are open at `now`. */
  census(since: Date, now: Date): Promise<HostCensus>;
  /** Remembers what was learnt; a property that is undefined is forgotten. */
  learn(host: string, experience: HostExperience, now: Date): Promise<void>;
}

/** Numbers of hosts. */
export interface HostCensus {
  /** A try was taken. */
  readonly answering: number;
  /** There were tries, and none was taken. */
  readonly failing: number;
  /** Their breaker is open. */
  readonly open: number;
  /** The time of their breaker is over, and they are due for one try. */
  readonly halfOpen: number;
}

type HostFields = Partial<Omit<HostDocument, '_id'>>;

const EXPERIENCE_KEPT_MS = 30 * 86_400_000;

/** {@link HostRepository} over the collection `hosts`. */
export function createHostRepository(collection: Collection<HostDocument>): HostRepository {
  const set = (host: string, fields: HostFields) =>
    collection.updateOne({ _id: host }, toUpdate(fields), { upsert: true });
  async function filterBlocked(hosts: readonly string[]): Promise<ReadonlySet<string>> {
    const rules = await collection
      .find({ _id: { $in: allDomainsOf(hosts) }, rule: { $exists: true } })
      .project<RuleDocument>({ rule: 1 })
      .toArray();
    const known = new Map(rules.map((document) => [document._id, document]));
    return new Set(hosts.filter((host) => isBlockedBy(known, host)));
  }
  const findRuled = createWriteGroup<string, RuledHost>(async (hosts) => {
    const documents = await collection.find({ _id: { $in: allDomainsOf(hosts) } }).toArray();
    const known = new Map(documents.map((document) => [document._id, document]));
    return hosts.map((host) => {
      const document = known.get(host);
      const found = document ? toHost(document) : { host };
      return { ok: true, value: { ...found, isBlocked: isBlockedBy(known, host) } };
    });
  });
  return {
    async find(host) {
      const document = await collection.findOne({ _id: host });
      return document ? toHost(document) : undefined;
    },
    findRuled,
    isBlocked: async (host) => (await filterBlocked([host])).has(host),
    async list(after, limit) {
      const documents = await collection
        .find(after === undefined ? {} : { _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return documents.map(toHost);
    },
    async setRule(host, rule) {
      await set(host, { rule, expiresAt: undefined });
    },
    async setPaused(host, pausedAt) {
      await set(host, { pausedAt, expiresAt: undefined });
    },
    filterBlocked,
    async claimProbe(host, openUntil, leaseUntil) {
      const result = await collection.updateOne(
        { _id: host, openUntil },
        { $set: { openUntil: leaseUntil } },
      );
      return result.modifiedCount > 0;
    },
    async census(since, now) {
      const count = (filter: Filter<HostDocument>) => collection.countDocuments(filter);
      const [answering, failing, open, halfOpen] = await Promise.all([
        count({ lastSuccessAt: { $gte: since } }),
        count({ lastErrorAt: { $gte: since }, lastSuccessAt: { $not: { $gte: since } } }),
        count({ openUntil: { $gt: now } }),
        count({ openUntil: { $lte: now } }),
      ]);
      return { answering, failing, open, halfOpen };
    },
    async learn(host, experience, now) {
      const known = await collection.findOne(
        { _id: host },
        { projection: { rule: 1, pausedAt: 1 } },
      );
      const isDecided = known?.rule !== undefined || known?.pausedAt !== undefined;
      const expiresAt = isDecided ? undefined : new Date(now.getTime() + EXPERIENCE_KEPT_MS);
      await set(host, { ...experience, expiresAt });
    },
  };
}

type RuleDocument = Pick<HostDocument, '_id' | 'rule'>;

function isBlockedBy(known: ReadonlyMap<string, RuleDocument>, host: string): boolean {
  const deciding = domainsOf(host).find((domain) => known.get(domain)?.rule !== undefined);
  return deciding !== undefined && known.get(deciding)?.rule === 'blocked';
}

function allDomainsOf(hosts: readonly string[]): string[] {
  return [...new Set(hosts.flatMap(domainsOf))];
}

/** A host and every domain that it belongs to, the longest first: `a.b.example:8443` to `example`. */
function domainsOf(host: string): string[] {
  const name = host.replace(/:\d+$/, '');
  const labels = name.split('.');
  const domains = labels.map((_, index) => labels.slice(index).join('.'));
  return host === name ? domains : [host, ...domains];
}

/** The driver leaves undefined properties out of `$set`. */
function toUpdate(fields: HostFields): UpdateFilter<HostDocument> {
  const absent = Object.entries(fields).filter(([, value]) => value === undefined);
  const unset: Record<string, 1> = Object.fromEntries(absent.map(([name]) => [name, 1]));
  return { $set: fields, ...(absent.length > 0 && { $unset: unset }) };
}

function toHost({ _id, expiresAt: _expiresAt, ...host }: HostDocument): Host {
  return { host: _id, ...host };
}
