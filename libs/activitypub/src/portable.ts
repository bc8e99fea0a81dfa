/** What of this package runs in a browser as well: nothing in here asks Node.js for anything. */
export { buildCreate, type CreateSource } from './build-create.ts';
export { createIris, type Iris } from './iris.ts';
