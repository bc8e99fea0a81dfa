export { type Backends, connectBackends } from './connect-backends.ts';
export { type ServedQueue, startWork, type Work } from './start-work.ts';
