import { createTestStore } from '@artdag/testing';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Store } from '../connect-store.ts';

let store: Store;
beforeAll(async () => {
  store = await createTestStore(inject('mongodbUrl'));
});
afterAll(() => store[Symbol.asyncDispose]());

const second = (n: number) => new Date(Date.UTC(2026, 0, 6, 23, 1, n));
const END = new Date('2099-01-07T23:01:27Z');
const L1 = 'https://l1.example';
const none = new Map<string, string>();

async function issue(username: string, tokenId: string, at = second(0), scope?: string) {
  const l1Servers = scope === undefined ? [] : [scope];
  const times = { issuedAt: at, lastUsedAt: at, expiresAt: END };
  await store.tokens.insert({
    tokenId,
    username,
    ...times,
    l1Servers,
    ...(scope !== undefined && { scope }),
  });
}

async function isRevoked(username: string, tokenId: string, issuedAt?: Date): Promise<boolean> {
  return (await store.tokens.standing({ username, tokenId, issuedAt })).isRevoked;
}

const revoke = (username: string, tokenId: string, notices = none) =>
  store.tokens.revoke({ username, tokenId, expiresAt: END, at: second(5), notices });

describe('revoking', () => {
  test('one token, also one that nobody recorded, many times at once', async () => {
    expect(await isRevoked('anna', 'a1', second(0))).toBe(false);
    await Promise.all(Array.from({ length: 16 }, () => revoke('anna', 'a1')));
    expect(await isRevoked('anna', 'a1', second(0))).toBe(true);
    expect(await isRevoked('anna', 'a2', second(0))).toBe(false);
  });

  test('a token ends those that were made from it, and not its own parent', async () => {
    await issue('bert', 'b1');
    await issue('bert', 'b1.x', second(0), L1);
    await issue('bert', 'b1.y', second(0), L1);
    await revoke('bert', 'b1.x');
    expect(await isRevoked('bert', 'b1.x', second(0))).toBe(true);
    expect(await isRevoked('bert', 'b1', second(0))).toBe(false);
    await revoke('bert', 'b1');
    expect(await isRevoked('bert', 'b1.y', second(0))).toBe(true);
    expect((await store.tokens.page('bert', second(6), undefined, 10)).tokens).toEqual([]);
  });

  test('all tokens of a user: those of this second and of a clock that is ahead, too', async () => {
    await issue('carl', 'c1', second(30), L1);
    expect(await store.tokens.holders('carl', second(6))).toEqual([L1]);
    await store.tokens.revokeAll('carl', { at: second(5), notices: none });
    expect(await isRevoked('carl', 'c1', second(30))).toBe(true);
    expect(await store.tokens.holders('carl', second(6))).toEqual([]);
    expect(await isRevoked('carl', 'foreign', undefined)).toBe(true);
    expect(await store.tokens.revokedBefore('carl')).toEqual(second(31));
    expect(await isRevoked('carl', 'c2', second(31))).toBe(false);
    expect(await isRevoked('dora', 'd1', undefined)).toBe(false);
    await store.tokens.revokeAll('carl', { at: second(2), notices: none });
    expect(await store.tokens.revokedBefore('carl')).toEqual(second(31));
  });
});

describe('what is noted of a token', () => {
  test('its use, not more often than asked for', async () => {
    await issue('emil', 'e1');
    await store.tokens.noteUse('e1', second(9), second(0));
    expect((await store.tokens.find('emil', 'e1'))?.lastUsedAt).toEqual(second(0));
    await store.tokens.noteUse('e1', second(9), second(1));
    expect((await store.tokens.find('emil', 'e1'))?.lastUsedAt).toEqual(second(9));
    expect(await store.tokens.find('fred', 'e1')).toBeUndefined();
  });

  test('who has it, also of a token that nobody recorded; not of one that is revoked', async () => {
    const token = { username: 'gerd', expiresAt: END };
    await issue('gerd', 'g1.x', second(0), 'https://a.example');
    const note = (id: string, l1: string) => store.tokens.noteHolder({ ...token, tokenId: id }, l1);
    await Promise.all([note('g2', L1), note('g2', L1), note('g2', 'https://b.example')]);
    await note('g3', 'https://c.example');
    await revoke('gerd', 'g3');
    const holders = await store.tokens.holders('gerd', second(1));
    expect(holders.sort()).toEqual(['https://a.example', 'https://b.example', L1]);
    expect(await store.tokens.holders('gerd', END)).toEqual([]);
    expect(await store.tokens.find('gerd', 'g2')).toBeUndefined();
  });

  test('pages of tokens are whole and without what is not good any more', async () => {
    for (const n of [1, 2, 3, 4, 5]) await issue('hans', `h${n}`, second(n % 3));
    await revoke('hans', 'h3');
    const first = await store.tokens.page('hans', second(6), undefined, 2);
    const rest = await store.tokens.page('hans', second(6), first.last, 9);
    expect(first.tokens.map(({ tokenId }) => tokenId)).toEqual(['h5', 'h2']);
    expect(rest.tokens.map(({ tokenId }) => tokenId)).toEqual(['h4', 'h1']);
    expect(rest.last).toBeUndefined();
  });
});

describe('telling an L1', () => {
  const due = (at: Date) => store.l1Notices.outbox.due('notify-l1', at, 10);

  test('is promised by the write that revokes, put off, and kept once', async () => {
    await issue('ines', 'i1');
    await revoke('ines', 'i1', new Map([['n1', L1]]));
    await revoke('ines', 'i1', new Map([['never', L1]]));
    expect(await due(second(5))).toEqual(['n1']);
    await store.l1Notices.postpone('n1', 1, second(8));
    expect(await due(second(7))).toEqual([]);
    expect(await store.l1Notices.find('n1')).toEqual({
      id: 'n1',
      username: 'ines',
      l1Server: L1,
      endedAt: second(5),
      tries: 1,
    });
    await store.l1Notices.settle('n1');
    await store.l1Notices.settle('n1');
    expect(await store.l1Notices.find('n1')).toBeUndefined();
    expect(await due(second(9))).toEqual([]);
  });

  test('of all tokens is promised as well, and one notice does not touch another', async () => {
    await store.tokens.revokeAll('jens', { at: second(5), notices: new Map([['n2', L1]]) });
    await store.tokens.revokeAll('jens', { at: second(6), notices: new Map([['n3', L1]]) });
    await store.l1Notices.fail('n2', 'gone', second(7));
    expect(await due(second(9))).toEqual(['n3']);
    await store.l1Notices.postpone('n3', 4, second(8));
    expect(await store.l1Notices.find('n3')).toMatchObject({ tries: 4, endedAt: second(6) });
    await store.l1Notices.settle('n3');
  });
});
