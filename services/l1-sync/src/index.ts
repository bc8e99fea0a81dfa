export {
  buildL1SyncConfig,
  type L1SyncConfig,
  l1SyncOwnSettings,
  l1SyncSettings,
} from './config.ts';
export { createL1Sync } from './service.ts';
