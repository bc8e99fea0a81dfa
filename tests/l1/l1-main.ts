import { startL1 } from './start-l1.ts';

const l1 = await startL1();
process.stdout.write(`${l1.url}\n`);
