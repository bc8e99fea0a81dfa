export {
  buildFederationConfig,
  type FederationConfig,
  federationOwnSettings,
  federationSettings,
  signingSettings,
} from './config.ts';
export { createFederation, type FederationOverrides } from './service.ts';
