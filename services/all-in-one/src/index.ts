export { type AllInOneConfig, allInOneSettings, readAllInOneConfig } from './config.ts';
export { serve } from './serve.ts';
export { createAllInOne } from './service.ts';
