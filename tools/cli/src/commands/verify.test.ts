import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromPlainValue, rsaSignature2017 } from '@artdag/signatures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../testing/run-cli.ts';

const vectorsFile = new URL('../../../../tests/vectors/signatures.json', import.meta.url);
const { vectors, actor, public_key_pem, private_key_pem_test_only } = JSON.parse(
  await readFile(vectorsFile, 'utf8'),
);
const [plain] = vectors;
const signed = JSON.stringify(plain.activity);
/** SHA3-256 of the empty file. */
const emptyHash = 'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a';

const parts = new AsyncDisposableStack();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'artdag-verify-'));
  parts.defer(() => rm(folder, { recursive: true }));
  await save('activity.json', signed);
  await save('changed.json', signed.replace('"plain"', '"other"'));
  await save('unsigned.json', JSON.stringify({ ...plain.activity, signature: undefined }));
  await save('actor.json', JSON.stringify(actor));
  await save('key.pub', public_key_pem);
  await save('private.pem', private_key_pem_test_only);
  await save('picture', 'no such picture');
  await save('empty', '');
});
afterAll(() => parts.disposeAsync());

const save = (name: string, text: string) => writeFile(join(folder, name), text);

/** Runs the command in this process, in the folder of the test's files. */
async function run(args: string) {
  const words = args.split(' ').map((word) => word.replace(/^@/, `${folder}/`));
  const { code, result, errors } = await runCli(['verify', ...words], { env: {} });
  return { code, result, notes: errors };
}

describe('a file, off line', () => {
  it.each([
    ['holds by the actor', '@activity.json --key @actor.json', 0],
    ['holds by a bare key', '@activity.json --key @key.pub', 0],
    ['was changed', '@changed.json --key @actor.json', 10],
    ['is unsigned', '@unsigned.json --key @actor.json', 11],
    ['has no key to check it by', '@activity.json', 12],
    ['is about another file', '@activity.json --key @actor.json --file @picture', 13],
    ['is no activity', '@actor.json --key @actor.json', 1],
    ['is not there', '@nothing.json', 3],
    ['is given with a private key', '@activity.json --key @private.pem', 2],
    ['is given with a file that is not there', '@activity.json --file @nothing', 3],
  ])('%s: %s is %i', async (_, args, code) => {
    expect((await run(args)).code).toBe(code);
  });

  it('tells each step in one line', async () => {
    const { result, notes } = await run('@changed.json --key @actor.json');
    expect(result.split('\n').filter(Boolean)).toHaveLength(8);
    expect(result).toMatch(/^signature\tfails\tsignature-mismatch\t.*changed after it was signed/m);
    expect(notes).toBe('The signature does not hold.\n');
  });

  it('keeps what was signed apart from what was observed', async () => {
    const { result } = await run('@activity.json --key @actor.json --json');
    const { signed: covered, observed, verdict } = JSON.parse(result);
    expect(covered.text).toBe(plain.canonical_document);
    expect(observed.key).toMatchObject({ source: 'given', owner: actor.id });
    expect(verdict).toBe('holds');
  });
});

describe('a data directory', () => {
  const [, dated] = vectors;
  const recordOf = ({ activity }: typeof plain) => ({
    activity_id: activity.id.split('/').at(-1),
    activity_type: activity.type,
    actor_id: activity.actor,
    object_data: activity.object,
    published: activity.published,
    signature: activity.signature,
  });
  const write = async (name: string, activities: readonly unknown[], key: string | undefined) => {
    await mkdir(join(folder, name, 'keys'), { recursive: true });
    const text = JSON.stringify({ version: '1.0', activities });
    await save(`${name}/activities.json`, text);
    if (key !== undefined) await save(`${name}/keys/giles.pub`, key);
    return run(`@${name}`);
  };

  it('holds where every activity does', async () => {
    expect(await write('whole', [recordOf(plain)], public_key_pem)).toMatchObject({
      code: 0,
      result: '\tholds\t1\n',
    });
  });

  it('names what does not hold, and ends with the gravest', async () => {
    const changed = { ...recordOf(dated), published: '2020-01-01T00:00:00Z' };
    const records = [recordOf(plain), changed, { activity_id: 7 }];
    const { code, result } = await write('mixed', records, public_key_pem);
    expect(code).toBe(1);
    expect(result).toContain('\tsignature-invalid\tThe signature does not match');
    expect(result).toContain('\tmalformed\tThe text cannot be read: record');
    expect(result).toContain('\tholds\t1\n');
  });

  it('without keys cannot tell', async () => {
    expect((await write('keyless', [recordOf(plain)], undefined)).code).toBe(12);
  });
});

describe('a URL', () => {
  let url: string;
  let base: string;
  /** What the server answers, by path; a test changes it. */
  let site: Record<string, { status?: number; body: string; link?: string }>;

  beforeAll(async () => {
    const server = createServer((request, response) => {
      const page = site[request.url ?? ''] ?? { status: 404, body: '{}' };
      if (page.link) response.setHeader('link', page.link);
      response.writeHead(page.status ?? 200).end(page.body);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    parts.defer(() => void server.close());
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    url = `${base} --allow-host 127.0.0.1:${(server.address() as AddressInfo).port}`;
    site = await buildSite(base);
  });
  const at = (path: string, more = '') => run(`${url.replace(base, base + path)}${more}`);

  it.each([
    ['an activity', '/activities/1', 0],
    ['an asset', '/registry/empty', 0],
    ['an object', `/objects/${emptyHash}`, 0],
    ['a list of all that an actor signed', '/users/ada', 10],
    ['nothing', '/activities/none', 3],
    ['a page', '/page', 2],
    ['an asset that is not signed yet', '/registry/pending', 3],
  ])('of %s', async (_, path, code) => {
    expect((await at(path)).code).toBe(code);
  });

  it('is checked against its registry and its actor', async () => {
    const { result } = await at('/activities/1', ' --file @empty --json');
    const { observed } = JSON.parse(result);
    const outcomes = observed.steps.map((step: { outcome: string }) => step.outcome);
    expect(outcomes).toEqual(
      outcomes.map((_: string, index: number) => (index === 3 ? 'not-asked' : 'holds')),
    );
    expect(observed.key.source).toBe('checked-server');
  });

  it('tells a withdrawn claim and one that came later', async () => {
    const object = `/objects/${emptyHash}`;
    const before = site[object];
    site[object] = { status: 410, body: '{}' };
    expect((await at('/activities/1')).code).toBe(15);
    expect((await at(object)).code).toBe(15);
    site[object] = { body: JSON.stringify({ attributedTo: `${base}/users/eve` }) };
    expect((await at('/activities/1')).code).toBe(15);
    if (before) site[object] = before;
  });

  it('sums a list up and names what does not hold', async () => {
    const { result } = await at('/users/ada');
    expect(result).toContain(`${base}/activities/2\tsignature-invalid\t`);
    expect(result).toContain('\tholds\t1\n');
  });

  it('on a private address is not asked unless it is allowed', async () => {
    const { code, result } = await run(`${base}/activities/1`);
    expect({ code, result }).toEqual({ code: 6, result: '' });
  });
});

/** A small server: an actor, his claim of the empty file, and a copy of it that was changed. */
async function buildSite(base: string) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ada = `${base}/users/ada`;
  const activity = {
    '@context': 'https://www.w3.org/ns/activitystreams',
    type: 'Create',
    id: `${base}/activities/1`,
    actor: ada,
    object: {
      type: 'Image',
      name: 'empty',
      id: `${base}/objects/${emptyHash}`,
      contentHash: { algorithm: 'sha3-256', value: emptyHash },
      attributedTo: ada,
    },
    published: '2026-01-06T23:01:27Z',
  };
  const signature = await rsaSignature2017(
    {
      creator: `${ada}#main-key`,
      created: activity.published,
      document: fromPlainValue(activity),
    },
    async (bytes) => sign('sha256', bytes, privateKey),
  );
  const claim = { ...activity, signature };
  const changed = { ...claim, id: `${base}/activities/2` };
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' });
  const key = { id: `${ada}#main-key`, owner: ada, publicKeyPem };
  const pages = {
    '/users/ada': { type: 'Person', id: ada, outbox: `${ada}/outbox`, publicKey: key },
    '/users/ada/outbox': { type: 'OrderedCollection', first: `${ada}/outbox?page=first` },
    '/users/ada/outbox?page=first': { orderedItems: [claim], next: `${ada}/outbox?page=2` },
    '/users/ada/outbox?page=2': { orderedItems: [changed] },
    '/activities/1': claim,
    '/registry/empty': { content_hash: emptyHash, activity_id: '1', state: 'signed' },
    '/registry/pending': { content_hash: emptyHash, activity_id: null, state: 'pending' },
    [`/objects/${emptyHash}`]: activity.object,
    '/page': 'hello',
  };
  const via = `<${activity.id}>; rel="via"`;
  return Object.fromEntries(
    Object.entries(pages).map(([path, page]) => [
      path,
      { body: JSON.stringify(page), ...(path.startsWith('/objects/') && { link: via }) },
    ]),
  );
}
