export type { WarningListener } from './close-to-others.ts';
export { type CopyKeysOptions, copyKeys, type KeyCopy, planKeyCopy } from './copy-keys.ts';
export { createFileKeyring, type FileKeyringOptions } from './file-keyring.ts';
export type { KeyPaths } from './key-paths.ts';
export type { Keyring, PublicKeys, SigningAlgorithm, SigningKeyId } from './keyring.ts';
export { findKeyFiles, type OwnedKeys, removeKeys } from './remove-keys.ts';
export { type NewKeys, type SetupKeysOptions, setupKeys } from './setup-keys.ts';
export { SIGNING_LIMITS, type SigningAnswer, type SigningWish } from './signing-wire.ts';
