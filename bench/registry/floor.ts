import { fastify } from 'fastify';

/** The least that any server here can cost: Fastify that answers one constant document. */
const app = fastify();
app.get('/', async () => ({ hello: 'world' }));
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
process.stdout.write('ready\n');
