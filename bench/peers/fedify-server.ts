import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createFederation, generateCryptoKeyPair, type MessageQueue } from '@fedify/fedify';
import { RedisKvStore, RedisMessageQueue } from '@fedify/redis';
import { Create, Endpoints, Image, Person } from '@fedify/vocab';
import { Redis } from 'ioredis';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

/**
 * A Fedify server on Redis, as its manual shows one, to measure beside ours.
 *
 * `POST /bench/publish?count=N` sends N activities to the recipients in its body; `GET /bench/processed`
 * tells how many Creates its listener has seen.
 */
const port = Number(process.env['PORT']);
const origin = `http://127.0.0.1:${port}`;
const redisUrl = process.env['REDIS_URL'] ?? '';
const connect = () => new Redis(redisUrl, { keyPrefix: 'fedify:' });
const federation = createFederation<void>({
  kv: Object.assign(new RedisKvStore(connect()), { list: listNothing }),
  queue: adaptQueue(new RedisMessageQueue(connect)),
  allowPrivateAddress: true,
  origin,
});
const keyPairs = [
  await generateCryptoKeyPair('RSASSA-PKCS1-v1_5'),
  await generateCryptoKeyPair('Ed25519'),
];
const Recipients = Type.Array(Type.Object({ id: Type.String(), inbox: Type.String() }));
let processed = 0;

federation
  .setActorDispatcher('/users/{identifier}', async (context, identifier) => {
    const keys = await context.getActorKeyPairs(identifier);
    return new Person({
      id: context.getActorUri(identifier),
      preferredUsername: identifier,
      inbox: context.getInboxUri(identifier),
      endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
      publicKeys: keys.map((key) => key.cryptographicKey),
      assertionMethods: keys.map((key) => key.multikey),
    });
  })
  .setKeyPairsDispatcher(async () => keyPairs);

federation.setInboxListeners('/users/{identifier}/inbox', '/inbox').on(Create, async () => {
  processed += 1;
});

createServer(async (incoming, outgoing) => {
  const response = await answer(await toRequest(incoming));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}).listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));

/** The adapter for Redis is of an older line than Fedify; nothing that is measured lists keys. */
async function* listNothing(): AsyncGenerator<never> {
  yield* [];
}

function adaptQueue(queue: RedisMessageQueue): MessageQueue {
  return {
    enqueue: (message, options) => queue.enqueue(message, options),
    enqueueMany: (messages, options) => queue.enqueueMany([...messages], options),
    listen: (handler, options) => queue.listen(handler, options),
  };
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname === '/bench/processed') return Response.json({ processed });
  if (url.pathname === '/bench/publish')
    return publish(request, Number(url.searchParams.get('count')));
  return federation.fetch(request, { contextData: undefined });
}

async function publish(request: Request, count: number): Promise<Response> {
  const recipients = Value.Parse(Recipients, await request.json());
  const context = federation.createContext(new URL(origin));
  const audience = recipients.map(({ id, inbox }) => ({
    id: new URL(id),
    inboxId: new URL(inbox),
  }));
  for (let number = 0; number < count; number += 1) {
    const id = new URL(`/activities/${number}`, origin);
    const object = new Image({ id: new URL(`/objects/${number}`, origin), name: `work ${number}` });
    const create = new Create({ id, actor: context.getActorUri('bench'), object });
    await context.sendActivity({ identifier: 'bench' }, audience, create);
  }
  return Response.json({ count });
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const body = hasBody ? new Uint8Array(await buffer(incoming)) : null;
  return new Request(new URL(incoming.url ?? '/', origin), { method, headers, body });
}
