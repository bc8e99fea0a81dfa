export {
  buildFederationConfig,
  type FederationConfig,
  federationOwnSettings,
  federationSettings,
} from './config.ts';
export { createFederation, type FederationOverrides } from './service.ts';
