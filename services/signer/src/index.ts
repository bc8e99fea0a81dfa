export {
  buildSignerConfig,
  type SignerConfig,
  signerOwnSettings,
  signerSettings,
} from './config.ts';
export { createSigner, type Signer } from './service.ts';
