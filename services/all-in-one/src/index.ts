export { type AllInOneConfig, allInOneSettings, readAllInOneConfig } from './config.ts';
export { createAllInOne } from './service.ts';
