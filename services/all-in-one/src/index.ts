export { type AllInOneConfig, allInOneSettings, readAllInOneConfig } from './config.ts';
export { serve } from './serve.ts';
export { createAllInOne } from './service.ts';
export { type Roles, startRoles } from './start-roles.ts';
