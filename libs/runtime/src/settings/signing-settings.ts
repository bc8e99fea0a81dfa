import { Type } from 'typebox';

/** Where a role finds the signer that is a process of its own. */
export const signingSettings = {
  ARTDAG_SIGNING_URL: Type.String({
    pattern: '^https?://[^/?#\\s]+$',
    description: "The signer's signing port, which signs what is sent to other servers.",
    expected: 'a URL such as http://signer:8202',
  }),
  ARTDAG_SIGNING_SECRET: Type.String({
    minLength: 32,
    description: 'Secret of the signing port. It is the same for the signer and those that ask it.',
    expected: 'at least 32 characters',
    secret: true,
  }),
};

/** A signing port, and the secret that it asks for. */
export interface SigningAccess {
  readonly url: string;
  readonly secret: string;
}

/** What these settings say of the signing port; nothing where the signer is in the same process. */
export function readSigningAccess(
  settings: {
    readonly [Name in keyof typeof signingSettings]?: string | undefined;
  },
): SigningAccess | undefined {
  const { ARTDAG_SIGNING_URL: url, ARTDAG_SIGNING_SECRET: secret } = settings;
  return url !== undefined && secret !== undefined ? { url, secret } : undefined;
}
