export {
  buildSignerConfig,
  type SignerConfig,
  signerOwnSettings,
  signerSettings,
} from './config.ts';
export { createSigner } from './service.ts';
